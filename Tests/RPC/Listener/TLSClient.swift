import COpenSSL
import Foundation
import Synchronization

/// A TLS client over libssl that offers h2 and trusts every server, each call on a thread of its
/// own where it may block.
///
/// `@unchecked Sendable`: libssl's connection is used by one thread at a time, under the lock.
final class TLSClient: @unchecked Sendable {
  struct Failure: Error {}

  private let socket: RawSocket
  private let context: OpaquePointer
  private let tls: OpaquePointer
  private let lock = NSLock()
  private let written = Atomic<Int>(0)

  init(port: Int, identity: LabIdentity, name: String = "a.test") throws {
    // libssl writes without MSG_NOSIGNAL, also to who has closed.
    signal(SIGPIPE, SIG_IGN)
    socket = .connected(to: port)
    context = SSL_CTX_new(TLS_client_method())
    let chain = BIO_new(BIO_s_mem())
    identity.certificatePEM.withCString { _ = BIO_puts(chain, $0) }
    let key = BIO_new(BIO_s_mem())
    identity.keyPEM.withCString { _ = BIO_puts(key, $0) }
    let leaf = PEM_read_bio_X509(chain, nil, nil, nil)
    let privateKey = PEM_read_bio_PrivateKey(key, nil, nil, nil)
    SSL_CTX_use_certificate(context, leaf)
    SSL_CTX_use_PrivateKey(context, privateKey)
    X509_free(leaf)
    EVP_PKEY_free(privateKey)
    BIO_free(chain)
    BIO_free(key)
    tls = SSL_new(context)
    SSL_set_fd(tls, socket.descriptor)
    SSL_set_alpn_protos(tls, [2, 0x68, 0x32], 3)
    // SSL_set_tlsext_host_name is a macro over this.
    var name = name.utf8CString
    name.withUnsafeMutableBufferPointer {
      _ = SSL_ctrl(
        tls, SSL_CTRL_SET_TLSEXT_HOSTNAME, Int(TLSEXT_NAMETYPE_host_name), $0.baseAddress)
    }
    guard SSL_connect(tls) == 1 else { throw Failure() }
  }

  deinit {
    SSL_free(tls)
    SSL_CTX_free(context)
  }

  var writtenBytes: Int { written.load(ordering: .relaxed) }

  func write(_ bytes: [UInt8]) {
    lock.withLock {
      var count = 0
      if SSL_write_ex(tls, bytes, bytes.count, &count) == 1 {
        written.add(count, ordering: .relaxed)
      }
    }
  }

  /// Writes on a thread of its own; whether everything was taken.
  func write(_ bytes: [UInt8], times: Int) async -> Bool {
    await onThread {
      for _ in 0..<times {
        let before = self.writtenBytes
        self.write(bytes)
        if self.writtenBytes != before + bytes.count { return false }
      }
      return true
    }
  }

  /// Changes the keys that it writes with (RFC 8446, section 4.6.3), each time in a record of its
  /// own, and asks for as much where `asks`. Whether all of it was written.
  func updateKeys(times: Int, asks: Bool) async -> Bool {
    await onThread {
      self.lock.withLock {
        let kind = asks ? SSL_KEY_UPDATE_REQUESTED : SSL_KEY_UPDATE_NOT_REQUESTED
        for _ in 0..<times {
          guard SSL_key_update(self.tls, kind) == 1, SSL_do_handshake(self.tls) == 1 else {
            ERR_clear_error()
            return false
          }
        }
        return true
      }
    }
  }

  /// Reads on a thread of its own until so many bytes have come, or the other side has closed.
  func read(_ count: Int) async -> Int {
    await onThread {
      self.lock.withLock {
        var all = 0
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while all < count {
          var got = 0
          guard SSL_read_ex(self.tls, &bytes, min(bytes.count, count - all), &got) == 1 else {
            return all
          }
          all += got
        }
        return all
      }
    }
  }

  /// Whether the other side closes as TLS demands: by a close_notify.
  func isClosed() async -> Bool {
    await onThread {
      self.lock.withLock {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        var got = 0
        var status: Int32 = 1
        while status == 1 { status = SSL_read_ex(self.tls, &bytes, bytes.count, &got) }
        let error = SSL_get_error(self.tls, status)
        ERR_clear_error()
        return error == SSL_ERROR_ZERO_RETURN || error == SSL_ERROR_SSL
          || error == SSL_ERROR_SYSCALL
      }
    }
  }

  /// Says that nothing more is written, and goes on reading.
  func closeWriting() { lock.withLock { _ = SSL_shutdown(tls) } }

  /// Closes so that the other side gets a reset.
  func reset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      socket.descriptor, SOL_SOCKET, SO_LINGER, &linger,
      socklen_t(MemoryLayout.size(ofValue: linger)))
  }

  private func onThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: body()) }
    }
  }
}
