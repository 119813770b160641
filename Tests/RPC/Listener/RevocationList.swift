import COpenSSL
import LibCrypto

/// A certificate revocation list in PEM, signed by an authority.
///
/// - Parameters:
///   - revoked: Whose certificates it withdraws.
///   - nextUpdate: From now, in seconds.
func revocationList(
  of lab: LabAuthority, revoking revoked: [Certificate], nextUpdate: Int = 3600
) throws -> String {
  func memory(_ text: String) -> OpaquePointer? {
    text.withCString { BIO_new_mem_buf($0, -1) }.flatMap { source in
      // The text goes away: it is copied.
      let copy = BIO_new(BIO_s_mem())
      text.withCString { _ = BIO_puts(copy, $0) }
      BIO_free(source)
      return copy
    }
  }
  let issuerBIO = memory(lab.rootPEM)
  let keyBIO = memory(try lab.authority.privateKey.pem)
  let issuer = PEM_read_bio_X509(issuerBIO, nil, nil, nil)
  let key = PEM_read_bio_PrivateKey(keyBIO, nil, nil, nil)
  let list = X509_CRL_new()
  let time = ASN1_TIME_new()
  defer {
    BIO_free(issuerBIO)
    BIO_free(keyBIO)
    X509_free(issuer)
    EVP_PKEY_free(key)
    X509_CRL_free(list)
    ASN1_TIME_free(time)
  }
  X509_CRL_set_version(list, 1)
  X509_CRL_set_issuer_name(list, X509_get_subject_name(issuer))
  X509_gmtime_adj(time, -7200)
  X509_CRL_set1_lastUpdate(list, time)
  for certificate in revoked {
    let entry = X509_REVOKED_new()
    let number = BN_bin2bn(certificate.serialNumber, Int32(certificate.serialNumber.count), nil)
    let serial = BN_to_ASN1_INTEGER(number, nil)
    X509_REVOKED_set_serialNumber(entry, serial)
    X509_REVOKED_set_revocationDate(entry, time)
    X509_CRL_add0_revoked(list, entry)  // Owned by the list from here on.
    ASN1_INTEGER_free(serial)
    BN_free(number)
  }
  X509_gmtime_adj(time, nextUpdate)
  X509_CRL_set1_nextUpdate(list, time)
  X509_CRL_sort(list)
  X509_CRL_sign(list, key, EVP_sha256())
  let out = BIO_new(BIO_s_mem())
  defer { BIO_free(out) }
  PEM_write_bio_X509_CRL(out, list)
  var text = [UInt8](repeating: 0, count: 65_536)
  let count = BIO_read(out, &text, Int32(text.count))
  return String(decoding: text.prefix(Int(max(0, count))), as: UTF8.self)
}
