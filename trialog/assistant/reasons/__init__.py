"""Why a message was answered as it was, from what its turn saw: as plain data, and as lines for staff. Holds no word of the message."""
