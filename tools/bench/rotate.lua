-- For wrk: GETs one path with one token after another, from the file that TOKENS names.
local headers = {}
for line in io.lines(os.getenv("TOKENS")) do
  headers[#headers + 1] = { ["Authorization"] = "Bearer " .. line }
end
local next = 0

function request()
  next = next % #headers + 1
  return wrk.format("GET", nil, headers[next])
end
