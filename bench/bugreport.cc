// A 200 MB bug report to findings, against what inflating it and looking at each line costs alone.
//
//   bench_bugreport [FILE.txt …]   without files: a report of our own making
//
// Prints times of one core, the ratio, and what memory the reading took beyond the text itself.
#include <libdeflate.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "adapters/scan/scan.h"
#include "android/report.h"
#include "android/report_text.h"

namespace {

double Seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// The most memory since ForgetPeak, as the kernel counts it.
void ForgetPeak() { std::ofstream("/proc/self/clear_refs") << "5"; }
double PeakMb() {
  std::ifstream in("/proc/self/status");
  std::string line;
  while (std::getline(in, line))
    if (line.starts_with("VmHWM:")) return std::atof(line.c_str() + 6) / 1024;
  return 0;
}

std::vector<char> Deflate(const std::string& text) {
  libdeflate_compressor* packer = libdeflate_alloc_compressor(6);
  std::vector<char> packed(libdeflate_deflate_compress_bound(packer, text.size()));
  packed.resize(
      libdeflate_deflate_compress(packer, text.data(), text.size(), packed.data(), packed.size()));
  packed.shrink_to_fit();
  libdeflate_free_compressor(packer);
  return packed;
}

void Inflate(const std::vector<char>& packed, std::string& text) {
  libdeflate_decompressor* unpacker = libdeflate_alloc_decompressor();
  if (libdeflate_deflate_decompress(unpacker, packed.data(), packed.size(), text.data(),
                                    text.size(), nullptr) != LIBDEFLATE_SUCCESS)
    std::abort();
  libdeflate_free_decompressor(unpacker);
}

// The least that any reader of lines must do.
std::size_t Scan(const std::string& text) {
  std::size_t marks = 0;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    marks += *at == '-';
    const void* next = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
    at = next == nullptr ? end : static_cast<const char*>(next) + 1;
  }
  return marks;
}

void Measure(const char* name, std::string text) {
  using namespace bk;
  const auto patterns = adapters::MakePatternCompiler();
  const auto apps = android::testing::CompanionApps();
  const std::vector<char> packed = Deflate(text);
  const double mb = static_cast<double>(text.size()) / 1e6;
  double bare = 1e9, whole = 1e9, read = 1e9;
  std::size_t findings = 0, marks = 0;
  double memory = 0;
  for (int round = 0; round < 5; ++round) {
    double start = Seconds();
    Inflate(packed, text);
    marks += Scan(text);
    bare = std::min(bare, Seconds() - start);

    ForgetPeak();
    const double before = PeakMb();
    start = Seconds();
    Inflate(packed, text);
    const double inflated = Seconds();
    android::ReportReader reader(*patterns, apps);
    reader.Add(AsBytes(text), "bench.zip", "bugreport-bench.txt");
    const android::PhoneState phone = std::move(reader).Finish();
    findings = android::FindingsFor(phone, {}, apps).findings.size();
    whole = std::min(whole, Seconds() - start);
    read = std::min(read, Seconds() - inflated);
    if (round == 0) memory = PeakMb() - before;
  }
  std::printf(
      "%s: %.0f MB text, %.1f MB packed, %zu findings (%zu marks)\n"
      "  inflate + scan alone  %.3f s (%.0f MB/s)\n"
      "  inflate + findings    %.3f s (%.0f MB/s): %.0f %% of the speed of inflate + scan\n"
      "  findings alone        %.3f s (%.0f MB/s)\n"
      "  memory beyond the text %.1f MB, peak of all %.0f MB\n",
      name, mb, static_cast<double>(packed.size()) / 1e6, findings, marks / 5, bare, mb / bare,
      whole, mb / whole, 100 * bare / whole, read, mb / read, memory, PeakMb());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2)
    Measure("a report of our own making",
            bk::android::testing::MakeReport({.android = 12,
                                              .log_bytes = 120'000'000,
                                              .filler_bytes = 75'000'000,
                                              .other_packages = 5'000}));
  for (int i = 1; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    Measure(argv[i], {std::istreambuf_iterator<char>(in), {}});
  }
  return 0;
}
