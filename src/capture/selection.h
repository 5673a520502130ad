// What of a story belongs to the band in question, and the writing of findings about it. Internal
// to this room.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "capture/bands.h"
#include "capture/story.h"
#include "evidence/evidence.h"
#include "evidence/finding_ids.h"

namespace bk::capture {

struct Selection {
  bool named = false;       // the person, or other evidence, said which band
  bool any_peer = false;    // the capture knows it by its address
  std::vector<bool> peers;  // by index into Story::peers
  std::vector<const Link*> links;
};
// "Mi Smart Band 4 (AA:BB:CC:DD:EE:FF)".
std::string PeerName(const Peer& peer);
Selection Select(const Story& story, const evidence::BandId& band);

class FindingWriter {
 public:
  explicit FindingWriter(const Story& story) : story_(story) {}
  void Add(evidence::id::Id id, bool value, SnoopTime time, std::uint64_t packet, std::string text);
  // One that is whole already.
  void Add(evidence::Finding finding) { findings_.push_back(std::move(finding)); }
  // What was said to hold of these, and does no longer; whether there was any.
  bool Drop(std::initializer_list<evidence::id::Id> ids) {
    const evidence::FindingValue holds = true;
    return std::erase_if(findings_, [&](const evidence::Finding& finding) {
             return finding.value == holds && std::ranges::find(ids, finding.id) != ids.end();
           }) > 0;
  }
  // When the newest of these was seen to hold.
  [[nodiscard]] std::optional<SnoopTime> Newest(std::initializer_list<evidence::id::Id> ids) const {
    std::optional<SnoopTime> newest;
    const evidence::FindingValue holds = true;
    for (const evidence::Finding& finding : findings_)
      if (finding.value == holds && std::ranges::find(ids, finding.id) != ids.end() &&
          (!newest || newest->us < finding.where.time.us))
        newest = SnoopTime{finding.where.time.us};
    return newest;
  }
  // What was said of these, whatever it was: something better is known.
  void Forget(std::initializer_list<evidence::id::Id> ids) {
    std::erase_if(findings_, [&](const evidence::Finding& finding) {
      return std::ranges::find(ids, finding.id) != ids.end();
    });
  }
  std::vector<evidence::Finding> Take() { return std::move(findings_); }

 private:
  const Story& story_;
  std::vector<evidence::Finding> findings_;
};

}  // namespace bk::capture
