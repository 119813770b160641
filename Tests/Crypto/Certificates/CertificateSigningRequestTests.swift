import LibCrypto
import TestSupport
import Testing

@Suite("Requests for certificates")
struct CertificateSigningRequestTests {
  @Test("takes the key of a request and nothing else that it asks for")
  func takesKey() throws {
    let openssl = try OpenSSLCommand()
    try openssl.write(
      "r.cnf",
      """
      [req]
      distinguished_name=dn
      req_extensions=x
      [dn]
      [x]
      basicConstraints=critical,CA:TRUE
      subjectAltName=URI:spiffe://other.example/admin
      """)
    try openssl.run(
      "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout k.pem -out r.pem"
        + " -subj /CN=root -config r.cnf")
    let request = try CertificateSigningRequest(pem: openssl.read("r.pem"))
    #expect(try request.publicKey == PrivateKey(pem: openssl.read("k.pem")).publicKey)
    let authority = try CertificateAuthority.make(commonName: "CA", validity: .seconds(600))
    let issued = try authority.issueClient(
      uriSAN: "spiffe://bank.example/partner/acme", commonName: "Acme",
      publicKey: request.publicKey, validity: .seconds(60))
    #expect(issued.subjectCommonName == "Acme")
    #expect(issued.uriNames == ["spiffe://bank.example/partner/acme"])
    #expect(!issued.isAuthority)
  }

  @Test("refuses a request that its key has not signed")
  func possession() throws {
    let openssl = try OpenSSLCommand()
    try openssl.run(
      "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout a.pem -out r.der"
        + " -outform DER -subj /CN=a")
    try openssl.run("base64 -in r.der -out r.b64")
    let base64 = try openssl.read("r.b64").filter { $0 != "\n" }
    // Standard base64 to ours, then one bit of the signature's last byte.
    let text = base64.filter { $0 != "=" }.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }
    var der = try #require(Base64URL.decode(String(text)))
    der[der.count - 1] ^= 1
    let body = Base64URL.encode(der).map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
    let padding = String(repeating: "=", count: (4 - body.count % 4) % 4)
    var pem = "-----BEGIN CERTIFICATE REQUEST-----\n"
    for start in stride(from: 0, to: body.count, by: 64) {
      pem += String(body[start..<min(start + 64, body.count)])
      if start + 64 >= body.count { pem += padding }
      pem += "\n"
    }
    pem += "-----END CERTIFICATE REQUEST-----\n"
    #expect(throws: CertificateError.noProofOfPossession) {
      try CertificateSigningRequest(pem: pem)
    }
  }

  @Test("refuses requests with weak keys", .covers("S-B18"))
  func weakKeys() throws {
    let openssl = try OpenSSLCommand()
    let keys: [(String, PublicKeyKind)] = [
      ("-newkey rsa:1024", .rsa(bits: 1024)),
      ("-newkey ec -pkeyopt ec_paramgen_curve:P-192", .ecdsa(curve: "P-192")),
    ]
    for (key, kind) in keys {
      try openssl.run("req -new \(key) -noenc -keyout k.pem -out r.pem -subj /CN=a")
      #expect(throws: CertificateError.weakKey(kind)) {
        try CertificateSigningRequest(pem: openssl.read("r.pem"))
      }
    }
    try openssl.run("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out w.pem")
    let weak = try PrivateKey(pem: openssl.read("w.pem")).publicKey
    let authority = try CertificateAuthority.make(commonName: "CA", validity: .seconds(600))
    #expect(throws: CertificateError.weakKey(.rsa(bits: 1024))) {
      try authority.issueClient(
        uriSAN: "spiffe://bank.example/a", commonName: "a", publicKey: weak, validity: .seconds(60))
    }
  }

  @Test("refuses what is not one request")
  func malformed() throws {
    let openssl = try OpenSSLCommand()
    try openssl.run(
      "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout k.pem -out r.pem"
        + " -subj /CN=a")
    let pem = try openssl.read("r.pem")
    for text in ["", "junk", pem + pem, try openssl.read("k.pem")] {
      #expect(throws: CertificateError.self) { try CertificateSigningRequest(pem: text) }
    }
  }
}
