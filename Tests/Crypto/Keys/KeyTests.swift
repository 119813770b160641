import LibCrypto
import Testing

@Suite("Keys")
struct KeyTests {
  @Test("makes P-256 keys that survive PEM")
  func roundTrip() throws {
    let key = try PrivateKey.makeP256()
    #expect(key.publicKey.kind == .ecdsa(curve: "P-256"))
    let pem = try key.pem
    #expect(pem.hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
    #expect(try PrivateKey(pem: pem).publicKey == key.publicKey)
    #expect(key.publicKey.pem.hasPrefix("-----BEGIN PUBLIC KEY-----\n"))
    #expect(try PublicKey(pem: key.publicKey.pem) == key.publicKey)
    #expect(try PublicKey(der: key.publicKey.der) == key.publicKey)
    #expect(try PrivateKey.makeP256().publicKey != key.publicKey)
  }

  @Test("gives a key's point as the openssl program sees it")
  func coordinates() throws {
    let openssl = try OpenSSLCommand()
    let key = try PrivateKey.makeP256()
    try openssl.write("key.pem", key.pem)
    let text = try openssl.run("pkey -in key.pem -noout -text_pub")
      .split(separator: "\n").filter { $0.hasPrefix("    ") }.joined()
      .filter { $0.isHexDigit }
    let point = try #require(key.publicKey.coordinates)
    #expect(text == "04" + Hexadecimal.encode(point.x) + Hexadecimal.encode(point.y))
  }

  @Test("reads keys in the older forms, with Windows' line ends")
  func olderForms() throws {
    let openssl = try OpenSSLCommand()
    try openssl.run("ecparam -name prime256v1 -genkey -noout -out ec.pem")
    try openssl.run("genrsa -traditional -out rsa.pem 2048")
    let ec = try PrivateKey(pem: openssl.read("ec.pem"))
    #expect(ec.publicKey.kind == .ecdsa(curve: "P-256"))
    let windows = try openssl.read("ec.pem").split(separator: "\n").joined(separator: "\r\n")
    #expect(try PrivateKey(pem: windows + "\r\n").publicKey == ec.publicKey)
    let rsa = try PrivateKey(pem: openssl.read("rsa.pem"))
    #expect(rsa.publicKey.kind == .rsa(bits: 2048))
    #expect(rsa.publicKey.coordinates == nil)
  }

  @Test("refuses a second key, an encrypted key, another block, junk and nothing")
  func refuses() throws {
    let openssl = try OpenSSLCommand()
    let key = try PrivateKey.makeP256()
    let pem = try key.pem
    try openssl.write("key.pem", pem)
    try openssl.run("pkcs8 -topk8 -in key.pem -passout pass:secret -out sealed.pem")
    try openssl.run("ec -in key.pem -aes256 -passout pass:secret -out old.pem")
    let texts = [
      pem + pem, try openssl.read("sealed.pem"), try openssl.read("old.pem"), key.publicKey.pem,
      "junk", "", String(pem.prefix(pem.count / 2)), pem + "-----BEGIN PRIVATE KEY-----\n",
      String(repeating: "a", count: 300_000),
    ]
    for text in texts {
      let error = #expect(throws: CryptoError.self) { try PrivateKey(pem: text) }
      #expect(error?.code == .malformed)
    }
    #expect(throws: CryptoError.self) { try PublicKey(pem: pem) }
    #expect(throws: CryptoError.self) { try PublicKey(der: key.publicKey.der + [0]) }
    #expect(throws: CryptoError.self) { try PublicKey(der: []) }
  }

  @Test("names weak keys weak")
  func kinds() throws {
    let openssl = try OpenSSLCommand()
    let kinds: [(String, PublicKeyKind, Bool)] = [
      ("-algorithm RSA -pkeyopt rsa_keygen_bits:1024", .rsa(bits: 1024), false),
      ("-algorithm EC -pkeyopt ec_paramgen_curve:P-192", .ecdsa(curve: "P-192"), false),
      ("-algorithm EC -pkeyopt ec_paramgen_curve:secp256k1", .ecdsa(curve: "secp256k1"), false),
      (
        "-algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit",
        .ecdsa(curve: "explicit parameters"), false
      ),
      ("-algorithm EC -pkeyopt ec_paramgen_curve:P-384", .ecdsa(curve: "P-384"), true),
      ("-algorithm ED25519", .ed25519, true),
      ("-algorithm X25519", .other("X25519"), false),
    ]
    for (arguments, kind, isAcceptable) in kinds {
      try openssl.run("genpkey \(arguments) -out key.pem")
      let key = try PrivateKey(pem: openssl.read("key.pem"))
      #expect(key.publicKey.kind == kind)
      #expect(kind.isAcceptable == isAcceptable)
    }
    #expect(!PublicKeyKind.rsa(bits: 16_384).isAcceptable)
  }

  @Test("shows the kind of a private key only")
  func description() throws {
    #expect(try "\(PrivateKey.makeP256())" == #"PrivateKey(ecdsa(curve: "P-256"))"#)
  }
}
