import CPKCS11
import Dispatch
import Synchronization

/// A token of the test's own, which fails as tokens do that no test can have: functions of PKCS #11 over
/// the state below. "Encryption" is the input behind which 16 bytes stand.
enum FakeToken {
  struct State {
    var flags: UInt = 0
    var pin = "1234"
    var logins = 0
    var hasSession = false
    var size: UInt = 32
    var isSensitive = true
    var isExtractable = false
    /// What the token takes in place of the nonce that it is given.
    var nonce: UInt8?
    var iv: UnsafeMutablePointer<UInt8>?
    /// Which key is under the label: the bytes that stand behind what it encrypts.
    var key: UInt8 = 0
    var hangs: DispatchSemaphore?
    var operations = 0
  }

  // The tests run one after the other; one touches it before it asks the token for something, or while
  // the token's one thread stands still.
  nonisolated(unsafe) static var state = State()

  // A session takes a pointer to the functions: written here alone, and there as long as the process.
  nonisolated(unsafe) static let functions: CK_FUNCTION_LIST_PTR = {
    let list = CK_FUNCTION_LIST_PTR.allocate(capacity: 1)
    UnsafeMutableRawPointer(list).initializeMemory(
      as: UInt8.self, repeating: 0, count: MemoryLayout<CK_FUNCTION_LIST>.size)
    list.pointee.C_Initialize = { _ in UInt(CKR_OK) }
    list.pointee.C_Finalize = { _ in UInt(CKR_OK) }
    list.pointee.C_GetSlotList = { _, slots, count in
      slots?.pointee = 1
      count?.pointee = 1
      return UInt(CKR_OK)
    }
    list.pointee.C_GetTokenInfo = { _, info in
      guard let info else { return UInt(CKR_ARGUMENTS_BAD) }
      let raw = UnsafeMutableRawPointer(info)
      raw.initializeMemory(
        as: UInt8.self, repeating: UInt8(ascii: " "), count: MemoryLayout<CK_TOKEN_INFO>.size)
      raw.copyMemory(from: "fake", byteCount: 4)
      info.pointee.flags = FakeToken.state.flags
      return UInt(CKR_OK)
    }
    list.pointee.C_OpenSession = { _, _, _, _, session in
      session?.pointee = 7
      return UInt(CKR_OK)
    }
    list.pointee.C_CloseSession = { _ in UInt(CKR_OK) }
    list.pointee.C_Login = { _, _, pin, count in
      FakeToken.state.logins += 1
      let given = String(
        decoding: UnsafeBufferPointer(start: pin, count: Int(count)), as: UTF8.self)
      guard given == FakeToken.state.pin else { return UInt(CKR_PIN_INCORRECT) }
      FakeToken.state.hasSession = true
      return UInt(CKR_OK)
    }
    list.pointee.C_FindObjectsInit = { _, _, _ in UInt(CKR_OK) }
    list.pointee.C_FindObjects = { _, found, _, count in
      found?.pointee = 9
      count?.pointee = 1
      return UInt(CKR_OK)
    }
    list.pointee.C_FindObjectsFinal = { _ in UInt(CKR_OK) }
    list.pointee.C_GetAttributeValue = { _, _, attributes, _ in
      guard let attributes else { return UInt(CKR_ARGUMENTS_BAD) }
      attributes[0].pValue?.storeBytes(of: FakeToken.state.size, as: UInt.self)
      attributes[1].pValue?.storeBytes(of: FakeToken.state.isSensitive ? 1 : 0, as: UInt8.self)
      attributes[2].pValue?.storeBytes(of: FakeToken.state.isExtractable ? 1 : 0, as: UInt8.self)
      return UInt(CKR_OK)
    }
    list.pointee.C_EncryptInit = { _, mechanism, _ in
      let parameters = mechanism?.pointee.pParameter?.assumingMemoryBound(to: CK_GCM_PARAMS.self)
      FakeToken.state.iv = parameters?.pointee.pIv
      return UInt(FakeToken.state.hasSession ? CKR_OK : CKR_SESSION_HANDLE_INVALID)
    }
    list.pointee.C_Encrypt = { _, input, count, output, outputCount in
      FakeToken.state.operations += 1
      FakeToken.state.hangs?.wait()
      if let nonce = FakeToken.state.nonce {
        FakeToken.state.iv?.update(repeating: nonce, count: 12)
      }
      if let input, count > 0 { output?.update(from: input, count: Int(count)) }
      (output! + Int(count)).update(repeating: FakeToken.state.key, count: 16)
      outputCount?.pointee = count + 16
      return UInt(CKR_OK)
    }
    list.pointee.C_DecryptInit = { _, _, _ in
      UInt(FakeToken.state.hasSession ? CKR_OK : CKR_SESSION_HANDLE_INVALID)
    }
    list.pointee.C_Decrypt = { _, input, count, output, outputCount in
      if let input { output?.update(from: input, count: Int(count) - 16) }
      outputCount?.pointee = count - 16
      return UInt(CKR_OK)
    }
    return list
  }()
}
