#include "adapters/scan/scan.h"

#include <hs/hs.h>

#include <algorithm>
#include <atomic>
#include <compare>
#include <vector>

#include "base/result.h"
#include "ports/literal_scan.h"

namespace bk::adapters {
namespace {

struct FreeDatabase {
  void operator()(hs_database_t* database) const { hs_free_database(database); }
};
struct FreeScratch {
  void operator()(hs_scratch_t* scratch) const { hs_free_scratch(scratch); }
};
using Database = std::unique_ptr<hs_database_t, FreeDatabase>;
using Scratch = std::unique_ptr<hs_scratch_t, FreeScratch>;

struct Hit {
  std::uint64_t end;
  std::uint32_t index;
  auto operator<=>(const Hit&) const = default;
};

class VectorscanSet : public ports::PatternSet {
 public:
  VectorscanSet(Database database, Scratch scratch, std::size_t longest, std::size_t slice_bytes)
      : database_(std::move(database)),
        scratch_(std::move(scratch)),
        longest_(longest),
        slice_bytes_(slice_bytes) {}
  VectorscanSet(const VectorscanSet&) = delete;
  VectorscanSet& operator=(const VectorscanSet&) = delete;
  ~VectorscanSet() override { FreeScratch{}(spare_.load()); }

  void Scan(std::string_view text,
            const std::function<bool(std::uint32_t, std::uint64_t)>& hit) const override {
    Scratch scratch = Borrow();
    Slice slice;
    bool go_on = true;
    for (std::size_t at = 0; at < text.size() && go_on; at += slice_bytes_) {
      // A match may begin in the slice before; those that also end there were reported then.
      const std::size_t begin = at - std::min(at, longest_ - 1);
      const std::size_t end = at + std::min(slice_bytes_, text.size() - at);
      slice.base = begin;
      slice.seen = at;
      slice.hits.clear();
      const hs_error_t error =
          hs_scan(database_.get(), text.data() + begin, static_cast<unsigned>(end - begin), 0,
                  scratch.get(), &Slice::OnMatch, &slice);
      BK_CHECK(error == HS_SUCCESS);
      if (!std::ranges::is_sorted(slice.hits)) std::ranges::sort(slice.hits);
      const auto [same_begin, same_end] = std::ranges::unique(slice.hits);
      slice.hits.erase(same_begin, same_end);
      for (const Hit& each : slice.hits)
        if (!(go_on = hit(each.index, each.end))) break;
    }
    FreeScratch{}(spare_.exchange(scratch.release()));
  }

 private:
  struct Slice {
    std::uint64_t base = 0, seen = 0;
    std::vector<Hit> hits;
    static int OnMatch(unsigned index, unsigned long long, unsigned long long end, unsigned,
                       void* context) {
      auto& slice = *static_cast<Slice*>(context);
      if (slice.base + end > slice.seen) slice.hits.push_back({slice.base + end, index});
      return 0;
    }
  };

  // A scratch may serve one scan at a time, and sets are shared; mostly one scan runs.
  [[nodiscard]] Scratch Borrow() const {
    Scratch scratch(spare_.exchange(nullptr));
    if (!scratch) {
      hs_scratch_t* copy = nullptr;
      BK_CHECK(hs_clone_scratch(scratch_.get(), &copy) == HS_SUCCESS);
      scratch.reset(copy);
    }
    return scratch;
  }

  Database database_;
  Scratch scratch_;
  mutable std::atomic<hs_scratch_t*> spare_{nullptr};
  std::size_t longest_, slice_bytes_;
};

std::unique_ptr<ports::PatternSet> CompileVectorscan(std::span<const std::string_view> literals,
                                                     std::size_t slice_bytes) {
  if (hs_valid_platform() != HS_SUCCESS || literals.empty()) return nullptr;
  std::vector<const char*> starts;
  std::vector<std::size_t> sizes;
  std::vector<unsigned> ids;
  for (const std::string_view literal : literals) {
    if (literal.empty()) return nullptr;
    starts.push_back(literal.data());
    sizes.push_back(literal.size());
    ids.push_back(static_cast<unsigned>(ids.size()));
  }
  const std::size_t longest = std::ranges::max(sizes);
  // The slice and the overlap must fit Vectorscan's length.
  if (longest > 1024 * 1024) return nullptr;
  const std::vector<unsigned> flags(literals.size(), 0);
  hs_database_t* raw = nullptr;
  hs_compile_error_t* problem = nullptr;
  const hs_error_t compiled = hs_compile_lit_multi(
      starts.data(), flags.data(), ids.data(), sizes.data(), static_cast<unsigned>(literals.size()),
      HS_MODE_BLOCK, nullptr, &raw, &problem);
  Database database(raw);
  if (compiled != HS_SUCCESS) {
    hs_free_compile_error(problem);
    return nullptr;
  }
  hs_scratch_t* scratch = nullptr;
  if (hs_alloc_scratch(database.get(), &scratch) != HS_SUCCESS) return nullptr;
  return std::make_unique<VectorscanSet>(std::move(database), Scratch(scratch), longest,
                                         slice_bytes);
}

class Compiler : public ports::PatternCompiler {
 public:
  explicit Compiler(std::size_t slice_bytes) : slice_bytes_(slice_bytes) {}
  std::unique_ptr<ports::PatternSet> Compile(
      std::span<const std::string_view> literals) const override {
    if (auto set = CompileVectorscan(literals, slice_bytes_)) return set;
    return ports::MakePortablePatternCompiler()->Compile(literals);
  }

 private:
  std::size_t slice_bytes_;
};

}  // namespace

std::unique_ptr<ports::PatternCompiler> MakePatternCompiler(std::size_t slice_bytes) {
  BK_CHECK(slice_bytes > 0 && slice_bytes <= 1ULL << 30);
  return std::make_unique<Compiler>(slice_bytes);
}

}  // namespace bk::adapters
