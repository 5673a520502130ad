// A zip of a bug report as a phone would write it, of our own making: for the benches.
#pragma once

#include <cstddef>
#include <string>

namespace bk::bench {

// version.txt, main_entry.txt, the report's text (about `text_bytes`: half logs, a third dumps that
// nobody here reads, packages and everything that MakeReport writes) and an HCI log of
// `snoop_packets`. What real reports have is kept: lines of 75 bytes, 70 to 90 of the log
// reader's literals in a MB, 6 to 8 bytes packed in one. Packed by zlib as phones do.
std::string MakeReportZip(std::size_t text_bytes, std::size_t snoop_packets);

}  // namespace bk::bench
