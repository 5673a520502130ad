#include "app/band/unfinished_update.h"

namespace bk::app {
namespace {

std::string NameOf(Address band) {
  std::string name = "update-";
  for (const char c : FormatAddress(band))
    if (c != ':') name += c;
  return name;
}

}  // namespace

Status RememberUnfinishedUpdate(ports::Store& store, Address band, const std::string& what) {
  return store.Save(NameOf(band), what);
}

Result<std::optional<std::string>> UnfinishedUpdate(ports::Store& store, Address band) {
  BK_TRY(const auto kept, store.Load(NameOf(band)));
  if (!kept) return std::nullopt;
  return kept->text;
}

Status ForgetUnfinishedUpdate(ports::Store& store, Address band) {
  return store.Remove(NameOf(band));
}

void UpdateMemory::At(std::size_t file) {
  if (file == 0 || !firmware_first_ || noted_) return;
  noted_ = true;
  (void)RememberUnfinishedUpdate(
      store_, band_, "the firmware is in, what was to follow it (resources, fonts) is not");
}

void UpdateMemory::Over(bool done) {
  if (done) (void)ForgetUnfinishedUpdate(store_, band_);
}

}  // namespace bk::app
