-- For wrk: POSTs forms to one path.
--   BODIES   a file of bodies, one a line, used one after another and once each
--   HEADER   an Authorization header
--   ROTATES  1: each body is a refresh token, and each answer brings the next one
local bodies, first, last = {}, 1, 0
for line in io.lines(os.getenv("BODIES")) do
  last = last + 1
  bodies[last] = line
end
local headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }
headers["Authorization"] = os.getenv("HEADER")
local rotates = os.getenv("ROTATES") == "1"
local again = os.getenv("AGAIN") == "1"
local prefix = "grant_type=refresh_token&client_id=" .. (os.getenv("CLIENT") or "") .. "&refresh_token="

function request()
  local body = bodies[first]
  if again then
    first = first % last + 1
  else
    bodies[first] = nil
    first = first + 1
  end
  if rotates and body then body = prefix .. body end
  -- None left: the answer is an error, and the measurement fails.
  return wrk.format("POST", nil, headers, body or "")
end

if rotates then
  function response(status, _, body)
    local token = body:match('"refresh_token": ?"([^"]+)"')
    if status == 200 and token then
      last = last + 1
      bodies[last] = token
    end
  end
end
