"""What public registers say of a study: kept beside it, compared with it, and told to no family."""
