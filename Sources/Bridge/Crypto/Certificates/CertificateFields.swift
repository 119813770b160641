import COpenSSL

/// Reads the parts of an X509 object, which the caller keeps alive.
struct CertificateFields {
  private let x509: OpaquePointer

  init(_ x509: OpaquePointer) { self.x509 = x509 }

  /// libcrypto's EXFLAG bits; computed at the first call.
  func flags() -> UInt32 { X509_get_extension_flags(x509) }

  func name(_ name: OpaquePointer?) throws(CertificateError) -> [UInt8] {
    guard let name, let der = encodedDER({ i2d_X509_NAME(name, $0) }) else {
      throw .malformed("a name cannot be read")
    }
    return der
  }

  func subjectCommonName() -> String? {
    let name = X509_get_subject_name(x509)
    let first = X509_NAME_get_index_by_NID(name, NID_commonName, -1)
    guard first >= 0, X509_NAME_get_index_by_NID(name, NID_commonName, first) < 0,
      let data = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, first))
    else { return nil }
    var utf8: UnsafeMutablePointer<UInt8>?
    let length = ASN1_STRING_to_UTF8(&utf8, data)
    guard length >= 0, let utf8 else { return nil }
    // libcrypto allocated the text.
    defer { CRYPTO_free(utf8, nil, 0) }
    let bytes = UnsafeBufferPointer(start: utf8, count: Int(length))
    guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  func serialNumber() throws(CertificateError) -> [UInt8] {
    guard let serial = X509_get0_serialNumber(x509), serial.pointee.type == V_ASN1_INTEGER else {
      throw .malformed("the serial number is negative")
    }
    let bytes = contents(ofASN1String: serial).drop { $0 == 0 }
    guard (1...20).contains(bytes.count) else {
      throw .malformed("the serial number is zero or longer than 20 bytes")
    }
    return Array(bytes)
  }

  func time(_ time: UnsafePointer<ASN1_TIME>?) throws(CertificateError) -> Int64 {
    guard let epoch = ASN1_TIME_set(nil, 0) else { throw .native("time") }
    defer { ASN1_TIME_free(epoch) }
    var days: Int32 = 0
    var seconds: Int32 = 0
    guard let time, ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else {
      throw .malformed("a time cannot be read")
    }
    return Int64(days) * 86_400 + Int64(seconds)
  }

  func alternativeNames() throws(CertificateError) -> (uris: [String], dns: [String]) {
    let names = try extensionValue(NID_subject_alt_name, free: { GENERAL_NAMES_free($0) })
    guard let names else { return ([], []) }
    var uris: [String] = []
    var dns: [String] = []
    for index in 0..<OPENSSL_sk_num(names.pointer) {
      guard let element = OPENSSL_sk_value(names.pointer, index) else { continue }
      var kind: Int32 = 0
      let name = element.assumingMemoryBound(to: GENERAL_NAME.self)
      let value = GENERAL_NAME_get0_value(name, &kind)
      guard kind == GEN_URI || kind == GEN_DNS, let value else { continue }
      // IA5String in RFC 5280; a zero byte or line end there is an attack on whoever compares.
      let bytes = contents(ofASN1String: value.assumingMemoryBound(to: ASN1_STRING.self))
      guard !bytes.isEmpty, bytes.allSatisfy({ (0x21...0x7e).contains($0) }) else {
        throw .malformed("an alternative name is empty or not printable ASCII")
      }
      let text = String(decoding: bytes, as: UTF8.self)
      if kind == GEN_URI { uris.append(text) } else { dns.append(text) }
    }
    return (uris, dns)
  }

  func keyUsage() -> KeyUsage? {
    guard flags() & UInt32(EXFLAG_KUSAGE) != 0 else { return nil }
    return KeyUsage(rawValue: X509_get_key_usage(x509))
  }

  func extendedKeyUsages() throws(CertificateError) -> [ExtendedKeyUsage]? {
    let usages = try extensionValue(
      NID_ext_key_usage, free: { EXTENDED_KEY_USAGE_free($0) })
    guard let usages else { return nil }
    var list: [ExtendedKeyUsage] = []
    for index in 0..<OPENSSL_sk_num(usages.pointer) {
      guard let element = OPENSSL_sk_value(usages.pointer, index) else { continue }
      var text = [CChar](repeating: 0, count: 128)
      let length = OBJ_obj2txt(&text, Int32(text.count), OpaquePointer(element), 1)
      guard length > 0, length < text.count else { throw .malformed("extended key usage") }
      let bytes = text[..<Int(length)].map { UInt8(bitPattern: $0) }
      list.append(ExtendedKeyUsage(objectIdentifier: String(decoding: bytes, as: UTF8.self)))
    }
    return list
  }

  func publicKey() throws(CertificateError) -> PublicKey {
    guard let key = Owned(X509_get_pubkey(x509), free: EVP_PKEY_free) else {
      throw .malformed("the public key cannot be read")
    }
    do {
      return try PublicKey(key)
    } catch {
      throw .malformed(error.description)
    }
  }

  /// The decoded value of an extension; nil where there is none.
  private func extensionValue(
    _ nid: Int32, free: @escaping (OpaquePointer?) -> Void
  ) throws(CertificateError) -> Owned? {
    var critical: Int32 = 0
    let value = X509_get_ext_d2i(x509, nid, &critical, nil)
    if let value { return Owned(OpaquePointer(value), free: free) }
    // -1: not there; -2: there twice; else it cannot be decoded.
    guard critical == -1 else { throw .malformed("an extension is broken or there twice") }
    return nil
  }
}
