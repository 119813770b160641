import CPostgres
import Logging

/// One libpq connection (`PGconn`), closed when this object dies. Not Sendable: libpq allows one
/// thread at a time. The wrapper beside C of everything that goes over a connection.
final class Link {
  /// What has to happen next while connecting.
  enum Progress { case reading, writing, ready, failed }
  /// What is left of the output.
  enum Flush { case done, pending, failed }

  /// Owned: made by PQconnectStartParams, freed in deinit and nowhere else.
  private let connection: OpaquePointer

  /// Begins to connect. Nil only without memory; every other failure shows in `progress()`.
  init?(keywords: [(String, String)], notices: NoticeSink) {
    // libpq copies the strings during the call.
    let made = CStrings.with(keywords.map(\.0)) { names in
      CStrings.with(keywords.map(\.1)) { values in PQconnectStartParams(names, values, 0) }
    }
    guard let made else { return nil }
    connection = made
    self.notices = notices
    notices.listen(to: made)
  }

  /// Lives as long as the connection, which holds a bare pointer to it.
  private let notices: NoticeSink

  deinit { PQfinish(connection) }

  var socket: Int32 { PQsocket(connection) }

  func progress() -> Progress {
    switch PQconnectPoll(connection) {
    case PGRES_POLLING_READING: .reading
    case PGRES_POLLING_WRITING: .writing
    case PGRES_POLLING_OK: .ready
    default: .failed
    }
  }

  /// libpq's words about the last failure of the connection itself, on one line. For the log of
  /// connection attempts only: it names host and role.
  var failureText: String { Self.failureText(of: connection) }

  static func failureText(of connection: OpaquePointer) -> String {
    String(cString: PQerrorMessage(connection)).split(whereSeparator: \.isNewline)
      .joined(separator: " ")
  }

  /// From here on no call blocks and statements queue up to the next `sync()`.
  func enterPipeline() -> Bool {
    PQsetnonblocking(connection, 1) == 0 && PQenterPipelineMode(connection) == 1
  }

  func enterNonblocking() -> Bool { PQsetnonblocking(connection, 1) == 0 }

  func prepare(_ name: String, _ statement: EncodedStatement) -> Bool {
    // A static string ends with NUL and lives forever.
    statement.sql.withUTF8Buffer { sql in
      sql.withMemoryRebound(to: CChar.self) { sql in
        PQsendPrepare(
          connection, name, sql.baseAddress, Int32(statement.types.count), statement.types) == 1
      }
    }
  }

  /// Runs a statement that was prepared under a name.
  func execute(_ name: String, _ statement: EncodedStatement) -> Bool {
    withValues(of: statement) { count, values, lengths, formats in
      PQsendQueryPrepared(connection, name, count, values, lengths, formats, 1) == 1
    }
  }

  /// Runs a statement that no name is kept for.
  func execute(_ statement: EncodedStatement) -> Bool {
    withValues(of: statement) { count, values, lengths, formats in
      statement.sql.withUTF8Buffer { sql in
        sql.withMemoryRebound(to: CChar.self) { sql in
          PQsendQueryParams(
            connection, sql.baseAddress, count, statement.types, values, lengths, formats, 1) == 1
        }
      }
    }
  }

  /// The values as libpq takes them; it copies them into its output buffer during the call.
  private func withValues(
    of statement: EncodedStatement,
    _ send: (Int32, [UnsafePointer<CChar>?], [Int32], [Int32]) -> Bool
  ) -> Bool {
    statement.bytes.withUnsafeBytes { block in
      let base = block.baseAddress ?? UnsafeRawPointer(bitPattern: 1)!
      let values: [UnsafePointer<CChar>?] = statement.spans.map { span in
        span.length < 0 ? nil : (base + span.offset).assumingMemoryBound(to: CChar.self)
      }
      let lengths = statement.spans.map { Int32(max(0, $0.length)) }
      let formats = [Int32](repeating: 1, count: values.count)
      return send(Int32(values.count), values, lengths, formats)
    }
  }

  /// A statement of the simple protocol, outside pipeline mode.
  func send(plain sql: String) -> Bool { PQsendQuery(connection, sql) == 1 }

  func sync() -> Bool { PQpipelineSync(connection) == 1 }

  func flush() -> Flush {
    switch PQflush(connection) {
    case 0: .done
    case 1: .pending
    default: .failed
    }
  }

  /// Takes what the socket has. False when the connection is lost; results that came before the
  /// loss may still be read.
  func consume() -> Bool { PQconsumeInput(connection) == 1 }

  /// Whether TLS holds bytes that the socket will not announce.
  var hasBufferedInput: Bool { artel_tls_pending(connection) > 0 }

  var isBusy: Bool { PQisBusy(connection) == 1 }

  /// The next result; nil ends a statement. Only while not busy: it would block.
  func nextResult() -> ServerResult? {
    guard let result = PQgetResult(connection) else { return nil }
    return ServerResult(owning: result)
  }

  /// Rows of the statement whose turn it is come one by one, so that they can be counted.
  func deliverRowByRow() { _ = PQsetSingleRowMode(connection) }

  /// Whether no transaction is open, as the server said at the last sync.
  var isOutsideTransaction: Bool { PQtransactionStatus(connection) == PQTRANS_IDLE }

  /// What another thread needs to cancel the running statement.
  func cancelToken() -> CancelToken? { PQgetCancel(connection).map(CancelToken.init(owning:)) }

  /// Notifications that arrived, in order.
  func takeNotifications() -> [PostgresNotification] {
    var result: [PostgresNotification] = []
    while let notification = PQnotifies(connection) {
      result.append(
        PostgresNotification(
          channel: String(cString: notification.pointee.relname),
          payload: String(cString: notification.pointee.extra)))
      PQfreemem(notification)
    }
    return result
  }
}

/// Address and key of a running backend: an independent copy, valid after the connection's end.
///
/// Unchecked: the pointer is immutable, owned by this object alone, freed once in deinit, and
/// PQcancel only reads what it points to ("can safely be invoked from … a thread", libpq manual).
final class CancelToken: @unchecked Sendable {
  private let pointer: OpaquePointer

  init(owning pointer: OpaquePointer) { self.pointer = pointer }
  deinit { PQfreeCancel(pointer) }

  /// Blocks: opens a connection, sends the request, waits for the server to close it.
  func cancel() -> Bool {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { text in
      PQcancel(pointer, text.baseAddress, 256) == 1
    }
  }
}

/// Sends the server's notices to a logger; libpq would print them to the standard error.
final class NoticeSink {
  private let logger: Logger

  init(logger: Logger) { self.logger = logger }

  /// The caller keeps this object for as long as the connection: libpq gets a bare pointer.
  func listen(to connection: OpaquePointer) {
    PQsetNoticeReceiver(
      connection,
      { sink, result in
        guard let sink else { return }
        Unmanaged<NoticeSink>.fromOpaque(sink).takeUnretainedValue().receive(result)
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  /// Severity and code only: a notice's text may contain rows.
  private func receive(_ result: OpaquePointer?) {
    logger.debug(
      "notice of the database server",
      metadata: [
        "severity": "\(ServerResult.field(result, .severity) ?? "")",
        "sqlstate": "\(ServerResult.field(result, .sqlState) ?? "")",
      ])
  }
}
