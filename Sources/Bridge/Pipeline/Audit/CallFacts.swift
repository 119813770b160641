public import RPC
import Synchronization

/// What is known of the call under way when it changes something: the entries of its changes carry
/// it. Bound for the calls of methods that may change something; reads do without.
public final class CallFacts: Sendable {
  /// Those of the call under way.
  @TaskLocal public static var current: CallFacts?

  /// The call's identifier, a UUID.
  public let id: String
  /// The verified caller; nil where there is none.
  public let caller: Caller?
  /// Where the caller is.
  public let address: String
  /// The door that it came through.
  public let door: Peer.Door
  private let tenant = Mutex<String?>(nil)
  private let person = Mutex<String?>(nil)

  /// Says what is known.
  public init(id: String, caller: Caller?, address: String, door: Peer.Door) {
    self.id = id
    self.caller = caller
    self.address = address
    self.door = door
  }

  /// The tenant that the call has to do with; the way to learn whose a call without a credential was.
  public var tenantID: String? { tenant.withLock { $0 } }

  /// The person in whose name something was changed where the call has no credential, as a principal's
  /// subject: whom its address tells of.
  public var subject: String? { person.withLock { $0 } }

  /// The call is a person's, such as one who signs in.
  public func tell(of subject: String) { person.withLock { $0 = subject } }

  /// The call changes something of a tenant.
  public func change(of tenantID: String) { tenant.withLock { $0 = tenantID } }

  /// The call asks something of a tenant, whatever comes of it: said as soon as the tenant is known,
  /// so that a wrong password stands in the log of the tenant whose it was to be.
  public func concern(_ tenantID: String) { tenant.withLock { $0 = $0 ?? tenantID } }
}
