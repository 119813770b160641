import CPKCS11
import Dispatch
import LibCrypto
import Storage
import Synchronization
import TestSupport
import Testing

@testable import HardwareKeys

@Suite("A token that fails", .serialized)
struct TokenFaultTests {
  private let place = SealedPlace(tenant: "t", table: "data_key", column: "wrapped", row: "1")
  private let pin = Pin()

  /// What the PIN's file says.
  private final class Pin: Sendable {
    let text = Mutex("1234")
  }

  private func open(
    patience: Duration = .seconds(60), capacity: Int = 64
  ) throws -> TokenKeyEncryption {
    let pin = pin
    return try TokenKeyEncryption(
      .init(module: "", token: "fake", key: "kek"),
      session: TokenSession(functions: FakeToken.functions), patience: patience,
      capacity: capacity
    ) { pin.text.withLock { $0 } }
  }

  @Test("is given a PIN that it refused never again, until there is another", .covers("A10"))
  func pinIsTriedOnce() async throws {
    FakeToken.state = .init()
    let token = try open()
    let key = AES256Key.generate()
    let wrapped = try await token.wrap(key, for: place)
    #expect(FakeToken.state.logins == 1)
    // It was started again, with another PIN.
    FakeToken.state.hasSession = false
    FakeToken.state.pin = "9999"
    for _ in 0..<20 {
      let error = await #expect(throws: TokenError.self) {
        _ = try await token.unwrap(wrapped, for: place)
      }
      #expect(error?.description.contains("PIN is wrong") == true)
    }
    #expect(FakeToken.state.logins == 2)
    pin.text.withLock { $0 = "9999" }
    #expect(try await token.unwrap(wrapped, for: place).bytes == key.bytes)
    #expect(FakeToken.state.logins == 3)
  }

  @Test("wraps nothing with a key that came in the place of its own", .covers("A10"))
  func changedKey() async throws {
    FakeToken.state = .init()
    let token = try open()
    let key = AES256Key.generate()
    let wrapped = try await token.wrap(key, for: place)
    FakeToken.state.hasSession = false
    FakeToken.state.key = 1
    for _ in 0..<2 {
      let error = await #expect(throws: TokenError.self) {
        _ = try await token.wrap(key, for: place)
      }
      #expect(error?.description.contains("another key under this label") == true)
    }
    FakeToken.state.key = 0
    #expect(try await token.unwrap(wrapped, for: place).bytes == key.bytes)
  }

  @Test("is not logged into where the next wrong PIN would lock it", .covers("A10"))
  func lastTry() {
    for (flag, words) in [
      (CKF_USER_PIN_FINAL_TRY, "was wrong before"), (CKF_USER_PIN_LOCKED, "is locked"),
    ] {
      FakeToken.state = .init()
      FakeToken.state.flags = UInt(flag)
      let error = #expect(throws: TokenError.self) { _ = try open() }
      #expect(error?.description.contains(words) == true)
      #expect(FakeToken.state.logins == 0)
    }
  }

  @Test("lets nobody wait for longer than its patience while it hangs", .covers("A10"))
  func hangs() async throws {
    FakeToken.state = .init()
    let token = try open(patience: .milliseconds(50), capacity: 4)
    let gate = DispatchSemaphore(value: 0)
    FakeToken.state.hangs = gate
    let before = FakeToken.state.operations
    let refusals = await withTaskGroup(of: String.self) { group in
      for _ in 0..<20 {
        group.addTask {
          do {
            _ = try await token.wrap(.generate(), for: place)
            return ""
          } catch {
            return "\(error)"
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(refusals) == [TokenError.slow.description, TokenError.busy.description])
    #expect(refusals.count { $0 == TokenError.slow.description } <= 5)
    // Nobody else waits at all, and nobody who gave up is served when it is back.
    await #expect(throws: TokenError.slow) { _ = try await token.wrap(.generate(), for: place) }
    FakeToken.state.hangs = nil
    gate.signal()
    var isBack = false
    while !isBack { isBack = (try? await token.wrap(.generate(), for: place)) != nil }
    #expect(FakeToken.state.operations == before + 2)
  }

  @Test(
    "is refused with a key that may leave it or is too short", .covers("A10"),
    arguments: ["size", "sensitive", "extractable"])
  func weak(fault: String) {
    FakeToken.state = .init()
    switch fault {
    case "size": FakeToken.state.size = 16
    case "sensitive": FakeToken.state.isSensitive = false
    default: FakeToken.state.isExtractable = true
    }
    let error = #expect(throws: TokenError.self) { _ = try open() }
    #expect(error?.description.contains("256 bits") == true)
  }

  @Test("may choose the nonce itself", .covers("A10"))
  func ownNonce() async throws {
    FakeToken.state = .init()
    FakeToken.state.nonce = 0xAB
    let token = try open()
    let key = AES256Key.generate()
    let wrapped = try await token.wrap(key, for: place)
    #expect(wrapped.dropFirst(9).prefix(12).allSatisfy { $0 == 0xAB })
    #expect(try await token.unwrap(wrapped, for: place).bytes == key.bytes)
  }
}
