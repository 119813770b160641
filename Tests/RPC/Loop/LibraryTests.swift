import TestSupport
import Testing

@testable import RPC

@Suite("The core as a library")
struct LibraryTests {
  @Test("finds the switch that stops its locks from looking for deadlocks")
  func deadlockDetection() {
    #expect(Library.stoppedDeadlockDetection)
  }
}
