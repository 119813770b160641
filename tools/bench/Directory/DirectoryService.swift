import GeneratedPeer
import RPC
import SwiftProtobuf

/// The benchmark's service: the same answers as every peer's, built anew for each call.
struct DirectoryService: Peer_V1_Directory.SimpleServiceProtocol {
  private let clocks = EventClocks()

  private static let epoch = Google_Protobuf_Timestamp(seconds: 1_767_225_600, nanos: 0)

  func getResident(request: Peer_V1_GetResidentRequest, context: ServerContext) async throws
    -> Peer_V1_Resident
  {
    Self.resident(request.complexID, request.residentID)
  }

  func listResidents(request: Peer_V1_ListResidentsRequest, context: ServerContext) async throws
    -> Peer_V1_ListResidentsResponse
  {
    guard (0...10_000).contains(request.pageSize) else {
      throw RPCError(code: .invalidArgument, message: "page_size is not between 0 and 10000")
    }
    let size = request.pageSize == 0 ? 100 : Int(request.pageSize)
    return .with {
      $0.residents = (0..<size).map { Self.resident(request.complexID, "r-\(1000 + $0)") }
      $0.nextPageToken = "next-100"
    }
  }

  func createVisit(request: Peer_V1_CreateVisitRequest, context: ServerContext) async throws
    -> Peer_V1_Visit
  {
    .with {
      $0.name = "complexes/\(request.complexID)/visits/v-1"
      $0.complexID = request.complexID
      $0.residentID = request.residentID
      $0.visitorName = request.visitorName
      $0.visitorPhone = request.visitorPhone
      $0.vehiclePlate = request.vehiclePlate
      $0.purpose = request.purpose
      $0.arriveTime = request.arriveTime
      $0.durationMinutes = request.durationMinutes
      $0.accessPoints = request.accessPoints
      $0.createTime = Self.epoch
    }
  }

  func watchEvents(
    request: Peer_V1_WatchEventsRequest, response: RPCWriter<Peer_V1_Event>, context: ServerContext
  ) async throws {
    let count = request.count == 0 ? 1000 : request.count < 0 ? .max : Int64(request.count)
    if request.rate > 0 {
      for await event in clocks.events(rate: request.rate).prefix(Int(clamping: count)) {
        try await response.write(event)
      }
      return
    }
    for sequence in 0..<count {
      try await response.write(
        .with {
          $0.sequence = sequence
          $0.kind = "GATE_OPENED"
          $0.residentID = "r-1001"
          $0.time = Self.epoch
        })
    }
  }

  private static func resident(_ complex: String, _ id: String) -> Peer_V1_Resident {
    .with {
      $0.name = "complexes/\(complex)/residents/\(id)"
      $0.complexID = complex
      $0.residentID = id
      $0.displayName = "Alexandra Konstantinova"
      $0.email = "alexandra.k@example.org"
      $0.phone = "+15550100123"
      $0.status = .active
      $0.balanceMinor = -1_234_567
      $0.createTime = epoch
      $0.address = .with {
        $0.building = "12B"
        $0.entrance = "3"
        $0.floor = 17
        $0.unit = "1704"
      }
      $0.vehiclePlates = ["A123BC777", "K456MH199"]
      $0.owner = true
    }
  }
}
