import TestSupport
import Testing

@testable import Upstream

@Suite("Methods of another server") struct UpstreamTests {}
