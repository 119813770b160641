import LibCrypto
import Testing

@Suite("Reading certificates")
struct CertificateTests {
  @Test("reads what the openssl program issued")
  func reads() throws {
    let openssl = try OpenSSLCommand()
    try openssl.issue("ca", .authority)
    var recipe = Recipe()
    recipe.names = "URI:spiffe://bank.example/a,DNS:a.example,DNS:b.example,IP:10.0.0.1,email:a@b.c"
    recipe.purpose = "clientAuth,serverAuth"
    recipe.usage = "critical,digitalSignature,keyAgreement"
    try openssl.issue("leaf", by: "ca", recipe)
    let certificate = try Certificate(pem: openssl.read("leaf.pem"))
    #expect(certificate.subjectCommonName == "leaf")
    #expect(certificate.uriNames == ["spiffe://bank.example/a"])
    #expect(certificate.dnsNames == ["a.example", "b.example"])
    #expect(certificate.extendedKeyUsages == [.clientAuthentication, .serverAuthentication])
    #expect(certificate.keyUsage == [.digitalSignature, .keyAgreement])
    #expect(!certificate.isAuthority)
    #expect(certificate.publicKey.kind == .ecdsa(curve: "P-256"))
    #expect(certificate.signatureAlgorithm.name == "ecdsa-with-SHA256")
    #expect(certificate.signatureAlgorithm.digest == "SHA256")
    #expect(certificate.notAfter - certificate.notBefore == 30 * 86_400)
    #expect(abs(certificate.notBefore - UnixTime.now()) < 600)
    let authority = try Certificate(pem: openssl.read("ca.pem"))
    #expect(certificate.issuerDER == authority.subjectDER)
    #expect(authority.isAuthority)
    #expect(authority.extendedKeyUsages == nil)
    let serial = try openssl.run("x509 -in leaf.pem -noout -serial")
    #expect(
      serial.lowercased() == "serial=" + Hexadecimal.encode(certificate.serialNumber) + "\n")
  }

  @Test("takes the fingerprint that the openssl program takes")
  func fingerprint() throws {
    let openssl = try OpenSSLCommand()
    let certificate = try CertificateAuthority.make(commonName: "CA", validity: .seconds(60))
      .certificate
    try openssl.write("ca.pem", certificate.pem)
    let printed = try openssl.run("x509 -in ca.pem -noout -fingerprint -sha256")
    let digits = printed.split(separator: "=")[1].filter { $0.isHexDigit }.lowercased()
    #expect(Hexadecimal.encode(certificate.fingerprint) == digits)
    #expect(certificate.thumbprint == Base64URL.encode(certificate.fingerprint))
    #expect(certificate.thumbprint.count == 43)
    #expect(try Certificate(der: certificate.der) == certificate)
    #expect(try Set([certificate, Certificate(pem: certificate.pem)]).count == 1)
  }

  @Test("reads times after 2050")
  func times() throws {
    let openssl = try OpenSSLCommand()
    var recipe = Recipe()
    recipe.days = 40_000
    try openssl.issue("far", recipe)
    let certificate = try Certificate(pem: openssl.read("far.pem"))
    #expect(certificate.notAfter - certificate.notBefore == 40_000 * 86_400)
  }

  @Test("refuses bytes after the certificate, bytes missing, and any one changed length")
  func refusesOtherBytes() throws {
    let der = try CertificateAuthority.make(commonName: "CA", validity: .seconds(60))
      .certificate.der
    #expect(throws: CertificateError.self) { try Certificate(der: der + [0]) }
    for count in 0..<der.count {
      #expect(throws: CertificateError.self) { try Certificate(der: Array(der.prefix(count))) }
    }
    #expect(throws: CertificateError.self) {
      try Certificate(der: [UInt8](repeating: 0x30, count: 70_000))
    }
  }

  @Test("refuses an encoding that is not DER: a fingerprint has no variants")
  func refusesOtherEncodings() throws {
    let der = try CertificateAuthority.make(commonName: "CA", validity: .seconds(60))
      .certificate.der
    // The outer length in three bytes where two suffice.
    #expect(der[1] == 0x82)
    let longer = [der[0], 0x83, 0x00] + der[2...]
    #expect(throws: CertificateError.malformed("not in DER")) { try Certificate(der: longer) }
  }

  @Test("survives any one changed byte")
  func survivesChanges() throws {
    let der = try CertificateAuthority.make(commonName: "CA", validity: .seconds(60))
      .certificate.der
    var read = 0
    for index in der.indices {
      for change in [UInt8(0x01), 0x80, 0xff] {
        var changed = der
        changed[index] ^= change
        do {
          let certificate = try Certificate(der: changed)
          #expect(certificate.der == changed)
          read += 1
        } catch CertificateError.malformed {}
      }
    }
    // Changed keys, signatures and names can still be read; broken structure cannot.
    #expect(read > 0 && read < der.count * 3)
  }

  @Test("refuses names with a zero byte or a line end inside")
  func namesWithControls() throws {
    let openssl = try OpenSSLCommand()
    for character in ["00", "0a", "20", "e9"] {
      // GeneralNames with one URI, "spiffe://a/b", whose last byte is replaced.
      var recipe = Recipe()
      recipe.names = nil
      recipe.lines =
        "subjectAltName=DER:30:0e:86:0c:73:70:69:66:66:65:3a:2f:2f:61:2f:\(character)\n"
      try openssl.issue("bad", recipe)
      #expect(throws: CertificateError.self) { try Certificate(pem: openssl.read("bad.pem")) }
    }
  }

  @Test("refuses certificates of version 1")
  func versionOne() throws {
    let openssl = try OpenSSLCommand()
    try openssl.run(
      "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout k.pem -out r.pem"
        + " -subj /CN=a")
    try openssl.run("x509 -req -in r.pem -signkey k.pem -out v1.pem")
    #expect(throws: CertificateError.malformed("not of version 3")) {
      try Certificate(pem: openssl.read("v1.pem"))
    }
  }

  @Test("reads one block where one is meant and chains where chains are")
  func blocks() throws {
    let authority = try CertificateAuthority.make(commonName: "CA", validity: .seconds(60))
    let pem = authority.certificate.pem
    #expect(try Certificate.chain(pem: pem + pem).count == 2)
    #expect(try Certificate.chain(pem: "a comment\n" + pem).count == 1)
    let windows = pem.split(separator: "\n").joined(separator: "\r\n") + "\r\n"
    #expect(try Certificate(pem: windows) == authority.certificate)
    for text in [
      pem + pem, try authority.privateKey.pem, "", pem + "-----BEGIN CERTIFICATE-----\n",
    ] {
      #expect(throws: CertificateError.self) { try Certificate(pem: text) }
    }
    for text in ["", "junk", pem + (try authority.privateKey.pem)] {
      #expect(throws: CertificateError.self) { try Certificate.chain(pem: text) }
    }
  }
}
