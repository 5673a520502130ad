// A 200 MB bug report, as the zip that a phone writes, to a verdict: the way that `bandkeeper
// doctor` goes, from the file on disk. Beside it, in the same run and of the same bytes, the least
// that anyone must do: inflate the text and search it once for the log reader's literals.
//
//   bench_bugreport [--mb N] [--keep FILE.zip] [ZIP …]   without files: one of our own making
//
// Prints CPU time of one core (the best of seven) and the peak of resident memory.
#include <hs/hs.h>
#include <libdeflate.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zip.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "adapters/archive/archive.h"
#include "adapters/files/files.h"
#include "adapters/scan/scan.h"
#include "adapters/unpack/unpack.h"
#include "android/log/rules.h"
#include "app/diagnose_case.h"
#include "report_zip.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace {

using namespace bk;

constexpr int kRounds = 7;
// A phone keeps two files of so many.
constexpr std::size_t kPackets = std::size_t{2} * 65'535;
constexpr std::size_t kLargePageBytes = 2 << 20;

double Seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// The most memory since ForgetPeak, as the kernel counts it: the mapped archive too.
void ForgetPeak() {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";
}
double PeakMb() {
  std::ifstream in("/proc/self/status");
  std::string line;
  while (std::getline(in, line))
    if (line.starts_with("VmHWM:")) return std::atof(line.c_str() + 6) * 1024 / 1e6;
  return 0;
}

[[noreturn]] void Stop(const std::string& why) {
  std::fprintf(stderr, "bench_bugreport: %s\n", why.c_str());
  std::exit(3);
}

// Where the largest member's packed bytes stand: of a zip without tricks, which ours is and phones'
// are.
struct Largest {
  std::string name;
  std::string packed;
  std::size_t size = 0;
};
Largest FindLargest(const std::string& path) {
  Largest largest;
  zip_t* zip = zip_open(path.c_str(), ZIP_RDONLY, nullptr);
  if (zip == nullptr) Stop(path + " is no zip");
  zip_int64_t best = -1;
  zip_stat_t info{};
  for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); ++i)
    if (zip_stat_index(zip, static_cast<zip_uint64_t>(i), 0, &info) == 0 &&
        info.comp_method == ZIP_CM_DEFLATE && info.size > largest.size) {
      best = i;
      largest = {.name = info.name, .packed = std::string(info.comp_size, '\0'), .size = info.size};
    }
  if (best < 0) Stop(path + " holds nothing deflated");
  zip_file_t* file = zip_fopen_index(zip, static_cast<zip_uint64_t>(best), ZIP_FL_COMPRESSED);
  if (file == nullptr || zip_fread(file, largest.packed.data(), largest.packed.size()) !=
                             static_cast<zip_int64_t>(largest.packed.size()))
    Stop(path + " cannot be read");
  zip_fclose(file);
  zip_close(zip);
  return largest;
}

// Inflate into fresh memory, as whoever reads a file once must, and search. Large pages are what
// the reader asks for too; small ones are what malloc alone gives.
enum class Pages { kLarge, kSmall };
struct Bare {
  double inflate = 1e9, scan = 1e9, all = 1e9;
  unsigned long long hits = 0;
};
class BareReader {
 public:
  explicit BareReader(std::span<const evidence::CompanionApp> apps) {
    std::vector<std::string_view> literals;
    for (const auto rules :
         {android::log::AppRules(), android::log::BluetoothRules(), android::log::CompanionRules()})
      for (const auto& rule : rules) literals.push_back(rule.literal);
    for (const auto& app : apps)
      for (const std::string& package : app.packages)
        if (!package.empty()) literals.push_back(package);
    std::vector<const char*> starts;
    std::vector<std::size_t> sizes;
    std::vector<unsigned> ids, flags(literals.size(), 0);
    for (const std::string_view literal : literals) {
      starts.push_back(literal.data());
      sizes.push_back(literal.size());
      ids.push_back(static_cast<unsigned>(ids.size()));
    }
    hs_compile_error_t* problem = nullptr;
    if (hs_compile_lit_multi(starts.data(), flags.data(), ids.data(), sizes.data(),
                             static_cast<unsigned>(literals.size()), HS_MODE_BLOCK, nullptr,
                             &database_, &problem) != HS_SUCCESS ||
        hs_alloc_scratch(database_, &scratch_) != HS_SUCCESS)
      Stop("vectorscan does not work here");
  }
  BareReader(const BareReader&) = delete;
  BareReader& operator=(const BareReader&) = delete;
  ~BareReader() {
    hs_free_scratch(scratch_);
    hs_free_database(database_);
  }

  void Read(const Largest& member, Pages pages, Bare& best) const {
    const double start = Seconds();
    const std::size_t align = pages == Pages::kLarge ? kLargePageBytes : alignof(std::max_align_t);
    const std::size_t whole = (member.size + align - 1) / align * align;
    std::unique_ptr<char, decltype(&std::free)> text(
        static_cast<char*>(std::aligned_alloc(align, whole)), &std::free);
    if (pages == Pages::kLarge) (void)madvise(text.get(), whole, MADV_HUGEPAGE);
    libdeflate_decompressor* unpacker = libdeflate_alloc_decompressor();
    if (libdeflate_deflate_decompress(unpacker, member.packed.data(), member.packed.size(),
                                      text.get(), member.size, nullptr) != LIBDEFLATE_SUCCESS)
      Stop("the largest member cannot be inflated");
    libdeflate_free_decompressor(unpacker);
    const double inflated = Seconds();
    unsigned long long hits = 0;
    hs_scan(
        database_, text.get(), static_cast<unsigned>(member.size), 0, scratch_,
        [](unsigned, unsigned long long, unsigned long long, unsigned, void* count) {
          ++*static_cast<unsigned long long*>(count);
          return 0;
        },
        &hits);
    text.reset();
    const double end = Seconds();
    best.hits = hits;
    best.inflate = std::min(best.inflate, inflated - start);
    best.scan = std::min(best.scan, end - inflated);
    best.all = std::min(best.all, end - start);
  }

 private:
  hs_database_t* database_ = nullptr;
  hs_scratch_t* scratch_ = nullptr;
};

void Measure(const std::string& path) {
  const auto& knowledge = troubleshoot::EmbeddedKnowledge();
  const BareReader bare_reader(knowledge.apps);
  Bare bare, small;
  double whole = 1e9, memory = 0;
  std::size_t findings = 0, packed = 0, size = 0;
  std::string name;
  for (int round = 0; round < kRounds; ++round) {
    {
      const Largest largest = FindLargest(path);
      bare_reader.Read(largest, Pages::kLarge, bare);
      bare_reader.Read(largest, Pages::kSmall, small);
      name = largest.name;
      packed = largest.packed.size();
      size = largest.size;
    }
    ForgetPeak();
    // Everything that a fresh process makes for itself is made here, the search patterns too.
    const double start = Seconds();
    const auto files = adapters::MakeFiles(adapters::OpenArchive);
    const auto unpack = adapters::MakeUnpack();
    const auto patterns = adapters::MakePatternCompiler();
    app::World world;
    world.files = files.get();
    world.unpack = unpack.get();
    world.patterns = patterns.get();
    world.embedded_knowledge = &knowledge;
    {
      const auto report = app::DiagnoseCase({.files = {path}}, knowledge, world);
      if (!report) Stop(report.error().message);
      findings = report->evidence.findings.size();
    }
    whole = std::min(whole, Seconds() - start);
    memory = std::max(memory, PeakMb());
  }
  const double mb = static_cast<double>(size) / 1e6;
  std::printf(
      "%s: %s, %.1f MB, packed %.1f : 1\n"
      "  inflate + scan alone  %.3f s (inflate %.3f s, scan %.3f s, %llu hits, %.0f in a MB); with "
      "small pages %.3f s\n"
      "  zip to verdict        %.3f s (%.0f MB/s), %zu findings: %.0f %% of the speed of inflate + "
      "scan alone, %.0f %% of that with small pages\n"
      "  peak memory           %.1f MB: the largest member + %.1f MB\n",
      path.c_str(), name.c_str(), mb, static_cast<double>(size) / static_cast<double>(packed),
      bare.all, bare.inflate, bare.scan, bare.hits, static_cast<double>(bare.hits) / mb, small.all,
      whole, mb / whole, findings, 100 * bare.all / whole, 100 * small.all / whole, memory,
      memory - mb);
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t mb = 200;
  std::string keep;
  std::vector<std::string> given;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--mb" && i + 1 < argc)
      mb = static_cast<std::size_t>(std::atoi(argv[++i]));
    else if (word == "--keep" && i + 1 < argc)
      keep = argv[++i];
    else
      given.emplace_back(word);
  }
  for (const std::string& path : given) Measure(path);
  if (!given.empty()) return 0;
  const std::string path =
      keep.empty() ? "/tmp/bench_bugreport." + std::to_string(getpid()) + ".zip" : keep;
  {
    std::ofstream out(path, std::ios::binary);
    const std::string zip = bench::MakeReportZip(mb * 1'000'000, kPackets);
    out.write(zip.data(), static_cast<std::streamsize>(zip.size()));
    if (!out.flush()) Stop(path + " cannot be written");
  }
  Measure(path);
  if (keep.empty()) unlink(path.c_str());
  return 0;
}
