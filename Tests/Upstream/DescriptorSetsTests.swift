import SwiftProtobuf
import TestSupport
import Testing
import Transcoding

@testable import Upstream

@Suite("Descriptor sets as one") struct DescriptorSetsTests {
  private func set(_ files: Google_Protobuf_FileDescriptorProto...) throws -> [UInt8] {
    try Google_Protobuf_FileDescriptorSet.with { $0.file = files }.serializedBytes()
  }

  private func file(
    _ name: String, types: [String] = [], imports: [String] = []
  ) -> Google_Protobuf_FileDescriptorProto {
    .with { file in
      file.name = name
      file.package = "p"
      file.syntax = "proto3"
      file.dependency = imports
      file.messageType = types.map { name in .with { $0.name = name } }
    }
  }

  private func names(_ set: [UInt8]) throws -> [String] {
    try Google_Protobuf_FileDescriptorSet(serializedBytes: set).file.map(\.name)
  }

  @Test("have a file once that two of them have, and are a schema")
  func shared() throws {
    let common = file("common.proto", types: ["Common"])
    let joined = try DescriptorSets(
      joining: [
        try set(common, file("a.proto", types: ["A"], imports: ["common.proto"])),
        try set(file("b.proto", types: ["B"], imports: ["common.proto"]), common),
      ], names: ["a", "b"])
    #expect(try names(joined.merged) == ["common.proto", "a.proto", "b.proto"])
    #expect(joined.differing.isEmpty)
    _ = try Schema(descriptorSet: joined.merged)
  }

  @Test("name files that are not the same, comments aside")
  func differing() throws {
    var commented = file("c.proto", types: ["C"])
    commented.sourceCodeInfo.location = [.with { $0.leadingComments = "x" }]
    let joined = try DescriptorSets(
      joining: [
        try set(file("a.proto", types: ["A"]), file("c.proto", types: ["C"])),
        try set(file("a.proto", types: ["A", "B"]), commented),
      ], names: ["a", "b"])
    #expect(joined.differing == ["a.proto"])
    let first = try Google_Protobuf_FileDescriptorSet(serializedBytes: joined.merged).file[0]
    #expect(first.messageType.map(\.name) == ["A"])
  }

  @Test("name what is no set, and what has no name")
  func noSet() throws {
    let bad = #expect(throws: UpstreamError.self) {
      try DescriptorSets(joining: [[0xFF]], names: ["x.binpb"])
    }
    #expect(bad?.message == "x.binpb is no google.protobuf.FileDescriptorSet")
    let nameless = try set(file(""))
    let unnamed = #expect(throws: UpstreamError.self) {
      try DescriptorSets(joining: [nameless], names: ["y.binpb"])
    }
    #expect(unnamed?.message.hasPrefix("y.binpb: ") == true)
  }

  @Test("have known files besides, unless somebody defines their types elsewhere")
  func known() throws {
    let known = try set(file("k/one.proto", types: ["One"]), file("k/two.proto", types: ["Two"]))
    let joined = try DescriptorSets(
      joining: [try set(file("mine.proto", types: ["Two"]))], names: ["a"], adding: known)
    #expect(try names(joined.merged) == ["k/one.proto", "mine.proto"])
    _ = try Schema(descriptorSet: joined.merged)
  }

  @Test("give away parts, with what these import")
  func part() throws {
    let all = try set(
      file("a.proto", types: ["A"], imports: ["b.proto"]),
      file("b.proto", types: ["B"], imports: ["c.proto"]), file("c.proto", types: ["C"]),
      file("d.proto", types: ["D"]))
    #expect(
      try names(try DescriptorSets.part(of: all, files: ["b.proto"])) == ["c.proto", "b.proto"])
    #expect(throws: UpstreamError.self) { try DescriptorSets.part(of: all, files: ["e.proto"]) }
    let lacking = try set(file("a.proto", types: ["A"], imports: ["gone.proto"]))
    #expect(throws: UpstreamError.self) { try DescriptorSets.part(of: lacking, files: ["a.proto"]) }
  }
}
