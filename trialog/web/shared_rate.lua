-- Counts one request of somebody. ARGV: who, milliseconds that one request takes, now in milliseconds (empty: by the clock of Redis).
-- Gives the milliseconds to wait; 0 where it was counted. RateInMemory (limits.py) does the same.
local MINUTE = 60000
local who, one, now = KEYS[1] .. ':rate:' .. ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local counted = tonumber(redis.call('GET', who) or 0)
if counted > now + MINUTE + 0.001 then
  -- Nobody is ever so far ahead: the clock was set back.
  counted = now
end
local made_up = math.max(counted, now) + one
if made_up - now > MINUTE + 0.001 then
  return math.ceil(made_up - now - MINUTE)
end
redis.call('SET', who, made_up, 'PX', math.ceil(made_up - now))
return 0
