/// A page of a list: one row more than asked for was read, to know whether another page follows.
struct Page<Element> {
  let elements: [Element]
  let hasMore: Bool

  init(_ rows: [Element], limit: Int) {
    hasMore = rows.count > limit
    elements = hasMore ? Array(rows.prefix(limit)) : rows
  }
}
