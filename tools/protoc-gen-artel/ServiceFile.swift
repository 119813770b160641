import SwiftProtobufPluginLibrary

/// The Swift file with the services of one contract.
struct ServiceFile {
  let file: FileDescriptor
  let modules: ProtoFileToModuleMappings

  /// The path to write, such as `GeneratedPeer/peer_v1_directory.artel.swift`.
  var path: String {
    let stem = String(file.name.dropLast(".proto".count)).replacing("/", with: "_")
    let name = "\(stem).artel.swift"
    return modules.moduleName(forFile: file).map { "\($0)/\(name)" } ?? name
  }

  var contents: String {
    let names = SwiftNames(file: file, modules: modules)
    var out = CodePrinter(addNewlines: true)
    out.print(
      "// Written by protoc-gen-artel from \(file.name). Do not edit: run tools/generate.",
      "// swift-format-ignore-file", "")
    for module in imports { out.print("import \(module)") }
    for service in file.services {
      out.print()
      ServiceNamespace(service: service, names: names).write(to: &out)
      out.print()
      ServiceProtocols(service: service, names: names).write(to: &out)
      out.print()
      ServiceClient(service: service, names: names).write(to: &out)
    }
    return out.content
  }

  /// The runtime, and the modules that have the methods' messages.
  private var imports: [String] {
    let own = modules.moduleName(forFile: file)
    var imports: Set<String> = ["RPC"]
    for method in file.services.flatMap(\.methods) {
      for message in [method.inputType!, method.outputType!] {
        guard let module = modules.moduleName(forFile: message.file), module != own else {
          continue
        }
        imports.insert(module)
      }
    }
    return imports.sorted()
  }
}
