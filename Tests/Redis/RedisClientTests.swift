import Foundation
import TestSupport
import Testing

@testable import Redis

@Suite("The Redis client", .serialized)
struct RedisClientTests {
  private func command(_ client: RedisClient, _ words: String...) async throws -> RedisValue {
    try await client.command(words.map { Array($0.utf8) })
  }

  @Test("reads what commands are answered")
  func answers() async throws {
    try await RedisServer.with { server in
      let client = RedisClient(RedisConfiguration(host: server.socket))
      let stored = try await command(client, "SET", "a", "x\r\ny")
      #expect(stored == .string(Array("OK".utf8)))
      let text = try await command(client, "GET", "a")
      #expect(text == .string(Array("x\r\ny".utf8)))
      let nothing = try await command(client, "GET", "b")
      #expect(nothing == .null)
      let script = try await client.evaluate(
        "return {tonumber(ARGV[1]), KEYS[1], {}}", keys: ["k"], arguments: ["-7"])
      #expect(script == .array([.integer(-7), .string(Array("k".utf8)), .array([])]))
      let big = String(repeating: "z", count: 1 << 20)
      _ = try await command(client, "SET", "big", big)
      let same = try await command(client, "GET", "big")
      #expect(same == .string(Array(big.utf8)))
      await client.close()
    }
  }

  @Test("goes on with its connection after an error of the server's")
  func refused() async throws {
    try await RedisServer.with { server in
      let client = RedisClient(RedisConfiguration(host: server.socket))
      await #expect(throws: RedisError.self) { try await command(client, "NOSUCH") }
      let answer = try await command(client, "PING")
      #expect(answer == .string(Array("PONG".utf8)))
      await client.close()
    }
  }

  @Test("proves itself by a password, and is refused by another")
  func password() async throws {
    try await RedisServer.with(["--requirepass", "good"]) { server in
      for (password, isGood) in [("good", true), ("bad", false)] {
        let client = RedisClient(RedisConfiguration(host: server.socket, password: password))
        let answer = try? await command(client, "PING")
        #expect((answer != nil) == isGood)
        await client.close()
      }
    }
  }

  @Test("fails in time where the server hangs, and is there again when it is", .covers("S-F3"))
  func hangs() async throws {
    try await RedisServer.with { server in
      let client = RedisClient(RedisConfiguration(host: server.socket))
      _ = try await command(client, "PING")
      server.signal(SIGSTOP)
      let error = await #expect(throws: RedisError.self) { try await command(client, "PING") }
      #expect(error != nil)
      server.signal(SIGCONT)
      let answer = try await command(client, "PING")
      #expect(answer == .string(Array("PONG".utf8)))
      await client.close()
    }
  }

  @Test("fails where nobody is, and is there again when somebody is", .covers("S-F3"))
  func killed() async throws {
    try await RedisServer.with { server in
      let client = RedisClient(RedisConfiguration(host: server.socket))
      _ = try await command(client, "PING")
      server.kill()
      for _ in 0..<2 {
        await #expect(throws: RedisError.self) { try await command(client, "PING") }
      }
      try server.start()
      let answer = try await command(client, "PING")
      #expect(answer == .string(Array("PONG".utf8)))
      await client.close()
    }
  }

  @Test("holds up no command and no end while a name is looked up", .covers("S-F3"))
  func lookUp() async throws {
    try await RedisServer.with { server in
      let goesOn = DispatchSemaphore(value: 0)
      let client = RedisClient(
        RedisConfiguration(host: server.socket), willConnect: { goesOn.wait() })
      for _ in 0..<2 {
        await #expect(throws: RedisError.unreachable("no answer in time")) {
          try await command(client, "INCR", "count")
        }
      }
      await client.close()
      // The first goes on, though nobody waits for it; the second, which nobody wants any more, does
      // not begin.
      goesOn.signal()
      await client.close()
      let other = RedisClient(RedisConfiguration(host: server.socket))
      let count = try await command(other, "GET", "count")
      #expect(count == .string(Array("1".utf8)))
      await other.close()
    }
  }
}
