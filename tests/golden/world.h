// Captures of a Mi Smart Band 4 and its phone in known trouble, made from the specification alone:
// no encoder of ours, so that a mistake of a decoder cannot hide. The same bytes every time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "capture/script.h"

namespace bk::golden {

// How the recorder kept what happened.
enum class Recorder : std::uint8_t {
  kAndroid,    // btsnoop H4, everything
  kFiltered,   // Android's filtered mode: data cut to 9 bytes with the H4 byte
  kAttOnly,    // an export that kept nothing but data of ATT
  kBtmon,      // BlueZ's monitor format
  kPcap,       // pcap with directions
  kBrokenOff,  // kAndroid, and the last record is cut in its middle
};

struct Truth {
  std::size_t links = 0;                // to the band
  std::vector<std::string> stages;      // that the last one reached
  std::optional<std::uint8_t> reason;   // with which it ended
  std::vector<std::string> true_ids;    // findings that are true
  std::vector<std::string> false_ids;   // findings that are false
  std::vector<std::string> silent_ids;  // of which nothing may be said
  std::vector<std::string> losses;      // kinds, each at least once; no others
};

struct Capture {
  std::string name;  // "wrong_key", "healthy.filtered"
  std::vector<std::byte> file;
  Truth truth;
};

// All of them, in a fixed order.
std::vector<Capture> MakeCaptures();

// {"name", "links", "stages", "reason", "true", "false", "silent", "losses"}
std::string TruthJson(const Capture& capture);

}  // namespace bk::golden
