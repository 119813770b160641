extension ServiceConfiguration {
  /// The configuration as the core reads it.
  var json: String {
    var members = [#""loadBalancingConfig":[{"\#(loadBalancing.rawValue)":{}}]"#]
    let rules = effectiveRules
    if !rules.isEmpty {
      members.append(#""methodConfig":[\#(rules.map(\.json).joined(separator: ","))]"#)
    }
    if let healthCheckServiceName {
      members.append(
        #""healthCheckConfig":{"serviceName":\#(healthCheckServiceName.jsonLiteral)}"#)
    }
    return "{\(members.joined(separator: ","))}"
  }

  /// One rule for each subject, the last: the core refuses the whole configuration where there are
  /// two, or where a method has no service, as no call's has.
  private var effectiveRules: [MethodRule] {
    var seen: Set<Subject> = []
    return methods.reversed().filter { rule in
      let isMeaningless = rule.subject.service.isEmpty && !rule.subject.method.isEmpty
      return !isMeaningless && seen.insert(rule.subject).inserted
    }.reversed()
  }
}

extension ServiceConfiguration.MethodRule {
  fileprivate var json: String {
    var members = [#""name":[\#(subject.json)]"#]
    if let timeout { members.append(#""timeout":"\#(timeout.jsonSeconds)""#) }
    if let retry { members.append(#""retryPolicy":\#(retry.json)"#) }
    return "{\(members.joined(separator: ","))}"
  }
}

extension ServiceConfiguration.Subject {
  fileprivate var json: String {
    var members: [String] = []
    if !service.isEmpty { members.append(#""service":\#(service.jsonLiteral)"#) }
    if !method.isEmpty { members.append(#""method":\#(method.jsonLiteral)"#) }
    return "{\(members.joined(separator: ","))}"
  }
}

extension ServiceConfiguration.RetryPolicy {
  fileprivate var json: String {
    let names = codes.map(\.name).sorted().map(\.jsonLiteral).joined(separator: ",")
    return """
      {"maxAttempts":\(maxAttempts),"initialBackoff":"\(initialBackoff.jsonSeconds)",\
      "maxBackoff":"\(maxBackoff.jsonSeconds)","backoffMultiplier":\(backoffMultiplier),\
      "retryableStatusCodes":[\(names)]}
      """
  }
}

extension Duration {
  /// The duration as proto3 JSON writes it, within what the core reads: up to 2^31-1 seconds, and a
  /// millisecond at least, because it takes none for no limit.
  fileprivate var jsonSeconds: String {
    let (seconds, attoseconds) = max(.milliseconds(1), min(self, .seconds(Int32.max))).components
    let nanoseconds = String(attoseconds / 1_000_000_000)
    return "\(seconds).\(String(repeating: "0", count: 9 - nanoseconds.count))\(nanoseconds)s"
  }
}

extension String {
  /// The string as JSON writes it.
  fileprivate var jsonLiteral: String {
    var literal = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"", "\\": literal += "\\\(scalar)"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        literal += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)"
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }
}
