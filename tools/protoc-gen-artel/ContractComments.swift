import SwiftProtobuf
import SwiftProtobufPluginLibrary

extension Contracts {
  /// What the contracts say in comments, for documents: files with their names and the comments of
  /// their elements alone, by the paths of `google.protobuf.SourceCodeInfo`. Whatever is Google's is
  /// left out: nobody asks this platform what a timestamp is.
  func comments() -> Google_Protobuf_FileDescriptorSet {
    var set = Google_Protobuf_FileDescriptorSet()
    for file in files.sorted(by: { $0.name < $1.name }) where !file.name.hasPrefix("google/") {
      var options = ExtractProtoOptions()
      options.includeSourceCodeInfo = true
      options.headerOnly = true
      let locations = file.extractProto(options: options).sourceCodeInfo.location.compactMap(kept)
      guard !locations.isEmpty else { continue }
      var proto = Google_Protobuf_FileDescriptorProto()
      proto.name = file.name
      proto.sourceCodeInfo.location = locations
      set.file.append(proto)
    }
    return set
  }

  /// A location with its path and its comment; nil without a comment.
  private func kept(
    _ location: Google_Protobuf_SourceCodeInfo.Location
  ) -> Google_Protobuf_SourceCodeInfo.Location? {
    let text =
      location.hasLeadingComments ? location.leadingComments : location.trailingComments
    guard !text.isEmpty, !location.path.isEmpty else { return nil }
    var kept = Google_Protobuf_SourceCodeInfo.Location()
    kept.path = location.path
    kept.leadingComments = text
    return kept
  }
}
