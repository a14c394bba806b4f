-- The conversations that several processes share; conversations.py calls this. Redis does each command as a whole, and nothing between.
-- ARGV: the command, the time in milliseconds (empty: by the clock of Redis), and what the command takes. Kept are, below KEYS[1]:
--   live                   ends of all conversations, by name      network      the network of each
--   unused, unused:<net>   when those were begun in which nobody has said anything yet, of all and of one network
--   idle:<net>             when those of a network were used last  held         how many each network has
--   open                   where the questionnaire of each stands        left           where those stood that have ended
--   conversation:<name>    what is kept of one                     queue:<name>, lease:<name>   whose turn it is, and until when that holds
local here, command, now = KEYS[1], ARGV[1], tonumber(ARGV[2])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Expired ones are put out so many at a time; others wait meanwhile.
local AT_ONCE = 1000
-- Of those that might make room so many are looked at: more than can be in their turn.
local LOOKED_AT = 100

local function key(kind, name)
  return here .. ':' .. kind .. (name and ':' .. name or '')
end

local function network_of(name)
  return redis.call('HGET', key('network'), name)
end

local function held_by(network)
  return tonumber(redis.call('ZSCORE', key('held'), network) or 0)
end

local function is_live(name)
  local ends = redis.call('ZSCORE', key('live'), name)
  return ends and tonumber(ends) >= now and redis.call('EXISTS', key('conversation', name)) == 1
end

local function touch(name)
  local idle = tonumber(redis.call('HGET', key('conversation', name), 'idle'))
  redis.call('PEXPIRE', key('conversation', name), idle)
  redis.call('ZADD', key('live'), now + idle, name)
  redis.call('ZADD', key('idle', network_of(name)), now, name)
end

local function use(name)
  redis.call('ZREM', key('unused'), name)
  redis.call('ZREM', key('unused', network_of(name)), name)
end

-- What is counted of a questionnaire that was left waits for whoever expires next.
local function note_left(name)
  local step = redis.call('HGET', key('open'), name)
  if step then
    redis.call('HDEL', key('open'), name)
    redis.call('RPUSH', key('left'), step)
  end
end

local function forget(name)
  local network = network_of(name)
  note_left(name)
  redis.call('DEL', key('conversation', name), key('queue', name), key('lease', name))
  if not network then
    return
  end
  use(name)
  redis.call('ZREM', key('idle', network), name)
  redis.call('ZREM', key('live'), name)
  redis.call('HDEL', key('network'), name)
  if tonumber(redis.call('ZINCRBY', key('held'), -1, network)) <= 0 then
    redis.call('ZREM', key('held'), network)
  end
end

local function expire()
  for _, name in ipairs(redis.call('ZRANGEBYSCORE', key('live'), '-inf', '(' .. string.format('%.0f', now), 'LIMIT', 0, AT_ONCE)) do
    forget(name)
  end
end

-- The first of a sorted set that is neither being answered nor waits for that.
local function first_silent(set)
  for _, name in ipairs(redis.call('ZRANGE', set, 0, LOOKED_AT - 1)) do
    if redis.call('EXISTS', key('queue', name)) == 0 then
      return name
    end
  end
  return nil
end

-- As ConversationsInMemory (in_memory.py) chooses it; nil where none can be put out.
local function to_be_put_out(network, is_own, thinking)
  local crowd = is_own and network or redis.call('ZREVRANGE', key('held'), 0, 0)[1] or network
  local unused = first_silent(key('unused', crowd))
  if not unused and not is_own then
    unused = first_silent(key('unused'))
  end
  if unused then
    return unused
  end
  local longest = first_silent(key('idle', crowd))
  if longest and now - tonumber(redis.call('ZSCORE', key('idle', crowd), longest)) >= thinking then
    return longest
  end
  return nil
end

-- Whoever has died, or has not been heard of, loses its place. One that holds longer than anybody can has died before the clock was set back.
local function drop_the_dead(name, longest)
  for _, token in ipairs(redis.call('LRANGE', key('queue', name), 0, -1)) do
    local holds = redis.call('HGET', key('lease', name), token)
    if not holds or tonumber(holds) < now or tonumber(holds) > now + longest then
      redis.call('LREM', key('queue', name), 1, token)
      redis.call('HDEL', key('lease', name), token)
    end
  end
end

local function lease(name, token, milliseconds)
  redis.call('HSET', key('lease', name), token, now + milliseconds)
  redis.call('PEXPIRE', key('lease', name), milliseconds)
  redis.call('PEXPIRE', key('queue', name), milliseconds)
end

local function leave(name, token)
  redis.call('LREM', key('queue', name), 1, token)
  redis.call('HDEL', key('lease', name), token)
end

local commands = {}

function commands.open(name, network, idle, room, share, thinking, about)
  local function is_own()
    return tonumber(share) > 0 and held_by(network) >= tonumber(share)
  end
  local function is_full()
    return redis.call('ZCARD', key('live')) >= tonumber(room) or is_own()
  end
  if is_full() then
    expire()
  end
  if is_full() then
    local leaves = to_be_put_out(network, is_own(), tonumber(thinking))
    if not leaves then
      return 'full'
    end
    forget(leaves)
  end
  redis.call('HSET', key('conversation', name), 'network', network, 'idle', idle, 'about', about)
  redis.call('HSET', key('network'), name, network)
  redis.call('ZINCRBY', key('held'), 1, network)
  redis.call('ZADD', key('unused'), now, name)
  redis.call('ZADD', key('unused', network), now, name)
  touch(name)
  return 'open'
end

function commands.find(name)
  if not is_live(name) then
    return nil
  end
  return {redis.call('LLEN', key('queue', name)), redis.call('HGETALL', key('conversation', name))}
end

function commands.take(name, token, milliseconds, most, said)
  if not is_live(name) then
    return {'unknown'}
  end
  drop_the_dead(name, tonumber(milliseconds))
  if redis.call('HEXISTS', key('lease', name), token) == 0 then
    if redis.call('LLEN', key('queue', name)) > tonumber(most) then
      return {'busy'}
    end
    redis.call('RPUSH', key('queue', name), token)
  end
  lease(name, token, tonumber(milliseconds))
  touch(name)
  if said == '1' then
    use(name)
  end
  if redis.call('LINDEX', key('queue', name), 0) ~= token then
    return {'wait'}
  end
  return {'taken', redis.call('HGETALL', key('conversation', name))}
end

function commands.hold(name, token, milliseconds)
  if redis.call('HEXISTS', key('lease', name), token) == 1 then
    lease(name, token, tonumber(milliseconds))
  end
  return 'held'
end

function commands.keep(name, token, step, ...)
  if not is_live(name) then
    return 'unknown'
  end
  if redis.call('LINDEX', key('queue', name), 0) ~= token then
    return 'lost'
  end
  leave(name, token)
  redis.call('HSET', key('conversation', name), ...)
  if step == '' then
    redis.call('HDEL', key('open'), name)
  else
    redis.call('HSET', key('open'), name, step)
  end
  touch(name)
  return 'kept'
end

function commands.leave(name, token)
  leave(name, token)
  return 'left'
end

function commands.forget(name)
  forget(name)
  return 'forgotten'
end

function commands.expire()
  expire()
  local left = redis.call('LRANGE', key('left'), 0, -1)
  redis.call('DEL', key('left'))
  return left
end

function commands.count()
  return redis.call('ZCOUNT', key('live'), now, '+inf')
end

return commands[command](unpack(ARGV, 3))
