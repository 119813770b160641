import COpenSSL

/// A STACK_OF(X509) that owns its elements.
struct CertificateStack: ~Copyable {
  let pointer: OpaquePointer

  init() {
    // Fails for want of memory only.
    guard let stack = OPENSSL_sk_new_null() else { preconditionFailure("no memory") }
    pointer = stack
  }

  deinit {
    OPENSSL_sk_pop_free(pointer) { X509_free(OpaquePointer($0)) }
  }

  func append(_ certificate: Certificate) throws(CertificateError) {
    let native = try certificate.native()
    // The stack keeps a reference of its own; `deinit` gives it back.
    guard X509_up_ref(native.pointer) == 1 else { throw .native("certificate stack") }
    guard OPENSSL_sk_push(pointer, UnsafeRawPointer(native.pointer)) > 0 else {
      X509_free(native.pointer)
      throw .native("certificate stack")
    }
  }
}
