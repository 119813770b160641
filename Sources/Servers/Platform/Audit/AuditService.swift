import GeneratedAudit
import LibCrypto
import Pipeline
import Postgres
import RPC
import Storage
import SwiftProtobuf

/// Serves `artel.audit.v1.AuditService`.
struct AuditService: Artel_Audit_V1_AuditService.SimpleServiceProtocol {
  let database: TenantDatabase
  let directoryPool: PostgresPool
  let baseDomain: BaseDomain
  /// The public half of the key that signs checkpoints; nil where this process has none.
  let publicKey: [UInt8]?

  /// The newest first: identifiers of entries grow with time.
  func listAuditEntries(
    request: Artel_Audit_V1_ListAuditEntriesRequest, context: ServerContext
  ) async throws -> Artel_Audit_V1_ListAuditEntriesResponse {
    let caller = try context.caller
    let filter = try AuditFilter(request, findsPeople: Self.opens(to: caller))
    let page = try PageRequest(
      size: request.pageSize, token: request.pageToken, caller: caller,
      method: "ListAuditEntries \(filter.name)")
    let rows = try await database.query(
      try await filter.statement(
        after: try page.identifier, limit: page.limit + 1, database.vault,
        tenantID: caller.tenant.id), as: caller, deadline: context.deadline)
    let entries = try await self.entries(Array(rows.prefix(page.limit)), to: caller)
    return try .with {
      $0.auditEntries = entries
      if rows.count > page.limit {
        $0.nextPageToken = page.nextToken([try rows[page.limit - 1].uuid(2)])
      }
    }
  }

  func getAuditEntry(
    request: Artel_Audit_V1_GetAuditEntryRequest, context: ServerContext
  ) async throws -> Artel_Audit_V1_AuditEntry {
    let caller = try context.caller
    let rows = try await database.query(
      Statement(
        """
        SELECT l.leaf_index, e.* FROM artel.audit_entry AS e
        LEFT JOIN artel.audit_leaf AS l USING (tenant_id, audit_entry_id)
        WHERE e.audit_entry_id = $1
        """, .uuid(try Self.identifier(request.name))),
      as: caller, deadline: context.deadline)
    guard let entry = try await entries(rows, to: caller).first else { throw Refusal.notFound }
    return entry
  }

  func getCheckpoint(
    request: Artel_Audit_V1_GetCheckpointRequest, context: ServerContext
  ) async throws -> Artel_Audit_V1_Checkpoint {
    let caller = try context.caller
    let rows = try await database.query(
      AuditStatements.checkpoint(of: caller.tenant.id, from: Int(request.minSize)), as: caller,
      deadline: context.deadline)
    guard let row = rows.first else { throw Refusal.notFound }
    // Its own name: a log that was restored has another one than before.
    let note = try row.text(2)
    let origin =
      SignedCheckpoint(note: note)?.origin ?? baseDomain.auditOrigin(of: caller.tenant.name)
    return try .with {
      $0.origin = origin
      $0.treeSize = Int64(try row.int(0))
      $0.rootHash = .init(try row.bytes(1))
      $0.note = note
      $0.createTime = Self.time(try row.timestamp(3))
      if let publicKey {
        $0.verifierKey = SignedCheckpoint.verifierKey(origin: origin, publicKey: publicKey)
      }
    }
  }

  func getInclusionProof(
    request: Artel_Audit_V1_GetInclusionProofRequest, context: ServerContext
  ) async throws -> Artel_Audit_V1_InclusionProof {
    let caller = try context.caller
    let size = try await size(request.treeSize, "tree_size", caller, context)
    let rows = try await database.query(
      Statement(
        "SELECT leaf_index, leaf_digest FROM artel.audit_leaf WHERE audit_entry_id = $1",
        .uuid(try Self.identifier(request.name))), as: caller, deadline: context.deadline)
    guard let row = rows.first else { throw Refusal.notFound }
    let index = try row.int(0)
    guard let proof = MerkleProof.inclusion(of: index, in: size) else {
      throw Refusal.invalid("tree_size", "is less than the entry's place")
    }
    let known = try await known(
      proof.nodes + MerkleNode.covering(0..<size), caller, context)
    guard let hashes = proof.hashes(known), let root = MerkleProof.hash(of: 0..<size, known) else {
      throw Self.holes
    }
    return try .with {
      $0.leafIndex = Int64(index)
      $0.treeSize = Int64(size)
      $0.leafHash = .init(try row.bytes(1))
      $0.hashes = hashes.map { .init($0) }
      $0.rootHash = .init(root)
    }
  }

  func getConsistencyProof(
    request: Artel_Audit_V1_GetConsistencyProofRequest, context: ServerContext
  ) async throws -> Artel_Audit_V1_ConsistencyProof {
    let caller = try context.caller
    let size = try await size(request.toSize, "to_size", caller, context)
    let old = Int(request.fromSize)
    guard let proof = MerkleProof.consistency(from: old, to: size) else {
      throw Refusal.invalid("from_size", "is more than the other size")
    }
    let known = try await known(
      proof.nodes + MerkleNode.covering(0..<size) + MerkleNode.covering(0..<old), caller, context)
    guard let hashes = proof.hashes(known), let root = MerkleProof.hash(of: 0..<size, known),
      let oldRoot = MerkleProof.hash(of: 0..<old, known)
    else { throw Self.holes }
    return .with {
      $0.fromSize = Int64(old)
      $0.toSize = Int64(size)
      $0.hashes = hashes.map { .init($0) }
      $0.fromRootHash = .init(oldRoot)
      $0.toRootHash = .init(root)
    }
  }

  func listPlatformAuditEntries(
    request: Artel_Audit_V1_ListPlatformAuditEntriesRequest, context: ServerContext
  ) async throws -> Artel_Audit_V1_ListPlatformAuditEntriesResponse {
    let page = try PageRequest(
      size: request.pageSize, token: request.pageToken, caller: try context.caller,
      method: "ListPlatformAuditEntries")
    let rows = try await directoryPool.read(
      Statement(
        """
        SELECT platform_audit_entry_id, action, door, network, code, reason, count, start_time,
          create_time
        FROM artel.platform_audit_entry
        WHERE $1::uuid IS NULL OR platform_audit_entry_id < $1
        ORDER BY platform_audit_entry_id DESC LIMIT $2
        """, .uuid(try page.identifier), .int(page.limit + 1)), in: nil,
      deadline: context.deadline)
    return try .with {
      $0.platformAuditEntries = try rows.prefix(page.limit).map(Self.platformEntry)
      if rows.count > page.limit {
        $0.nextPageToken = page.nextToken([try rows[page.limit - 1].uuid(0)])
      }
    }
  }

  // MARK: Parts

  /// The size that is asked for, or that of the newest checkpoint. Only what was signed is proved.
  private func size(
    _ wanted: Int64, _ field: String, _ caller: Caller, _ context: ServerContext
  ) async throws -> Int {
    let rows = try await database.query(
      AuditStatements.checkpoint(of: caller.tenant.id, from: 0), as: caller,
      deadline: context.deadline)
    guard let row = rows.first else { throw Refusal.notFound }
    let newest = try row.int(0)
    guard wanted <= Int64(newest) else {
      throw Refusal.invalid(field, "is more than the log has")
    }
    return wanted == 0 ? newest : Int(wanted)
  }

  private func known(
    _ nodes: [MerkleNode], _ caller: Caller, _ context: ServerContext
  ) async throws -> [MerkleNode: [UInt8]] {
    try AuditStatements.known(
      try await database.query(
        AuditStatements.nodes(Array(Set(nodes)), of: caller.tenant.id), as: caller,
        deadline: context.deadline))
  }

  private static let holes = RPCError(
    code: .dataLoss, reason: "AUDIT_BROKEN", message: "the log has holes: verify it")

  /// - Throws: `RPCError` with `.notFound` for what is no entry's identifier.
  private static func identifier(_ name: String) throws(RPCError) -> String {
    let id = String(name.dropFirst("auditEntries/".count))
    guard TenantIdentifier.isValid(id) else { throw Refusal.notFound }
    return id
  }
}
