import GeneratedOptions
import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// The contracts that are generated, with the policies of those that are not ours.
struct Contracts {
  let files: [FileDescriptor]
  let foreign: ForeignPolicies

  /// Whether every method has to say who may call it.
  let demandsPolicies: Bool

  private var methods: [MethodDescriptor] {
    files.flatMap(\.services).flatMap(\.methods)
  }

  /// The method's own policy, or else the foreign one.
  func policy(of method: MethodDescriptor) -> Artel_Options_V1_MethodPolicy? {
    method.options.hasArtel_Options_V1_policy
      ? method.options.Artel_Options_V1_policy : foreign[method.policyName]
  }

  /// - Throws: ``Refusal`` with everything that is wrong.
  func check() throws {
    var problems = foreign.problems
    for method in methods {
      problems += check(method).map { "\(method.place): \(method.policyName): \($0)" }
    }
    let known = Set(methods.map(\.policyName))
    problems += foreign.names.filter { !known.contains($0) }.map {
      "\(foreign.place(of: $0)): \($0): there is no such method"
    }
    problems += files.flatMap { SealedField.all(in: $0) }.flatMap(\.problems)
    if let refusal = Refusal(problems) { throw refusal }
  }

  private func check(_ method: MethodDescriptor) -> [String] {
    var problems: [String] = []
    if method.clientStreaming, method.hasHTTPBinding, !method.isUpload {
      problems.append(
        "google.api.http: the REST door takes one request message, not a stream, unless its body is "
          + "a google.api.HttpBody and the answer is one message")
    }
    guard demandsPolicies else { return problems }
    if method.options.hasArtel_Options_V1_policy, foreign[method.policyName] != nil {
      problems.append(
        "the method has a policy of its own and one in \(foreign.place(of: method.policyName))")
    }
    guard let policy = policy(of: method) else {
      return problems + ["the method has no policy (option artel.options.v1.policy)"]
    }
    return problems + PolicyCheck(method: method, policy: policy).problems
  }

  /// The descriptors of all contracts and of what they import, importing after imported, with
  /// foreign policies as if the contracts had written them. Comments are left out.
  func descriptorSet() -> Google_Protobuf_FileDescriptorSet {
    var set = Google_Protobuf_FileDescriptorSet()
    var seen: Set<String> = []
    func add(_ file: FileDescriptor) {
      guard seen.insert(file.name).inserted else { return }
      file.dependencies.forEach(add)
      set.file.append(withPolicies(file))
    }
    files.sorted { $0.name < $1.name }.forEach(add)
    return set
  }

  private func withPolicies(_ file: FileDescriptor) -> Google_Protobuf_FileDescriptorProto {
    var proto = file.extractProto()
    for service in file.services {
      for method in service.methods {
        guard let policy = foreign[method.policyName] else { continue }
        proto.service[service.index].method[method.index].options.Artel_Options_V1_policy = policy
      }
    }
    return proto
  }
}

extension MethodDescriptor {
  /// Whether the REST door is asked to serve the method; also where it asks in a way that cannot be
  /// read.
  fileprivate var hasHTTPBinding: Bool {
    do {
      return try !HTTPBinding.all(of: self).isEmpty
    } catch {
      return true
    }
  }

  /// Whether the stream of requests is one body in pieces, on every path of the method.
  fileprivate var isUpload: Bool {
    // A rule that cannot be read is none of an upload.
    guard !serverStreaming, let bindings = try? HTTPBinding.all(of: self) else { return false }
    return bindings.allSatisfy { binding in
      let message =
        binding.body == "*"
        ? inputType
        : inputType.fields.first { $0.name == binding.body && !$0.isRepeated }?.messageType
      return message?.fullName == "google.api.HttpBody"
    }
  }

  /// The name that foreign policies use: `package.Service/Method`.
  var policyName: String { "\(service.fullName)/\(name)" }

  /// Where the method is written, as compilers say it: `file:line`.
  var place: String {
    guard let line = sourceCodeInfoLocation?.span.first else { return file.name }
    return "\(file.name):\(line + 1)"
  }
}
