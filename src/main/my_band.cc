#include "main/my_band.h"

#include <ctime>

#include "adapters/bluez/bluez_radio.h"
#include "adapters/cipher/cipher.h"
#include "adapters/secrets/key_store.h"
#include "adapters/secrets/secret_service.h"
#include "adapters/sqlite/band_store.h"
#include "adapters/state/own_folder.h"
#include "adapters/state/own_lines.h"
#include "adapters/state/state.h"

namespace bk::main {

codec::miband::Clock LocalClock(std::int64_t wall_seconds) {
  const std::time_t seconds = wall_seconds;
  std::tm local{};
  localtime_r(&seconds, &local);
  const auto quarters = static_cast<std::int8_t>(local.tm_gmtoff / 900);
  return codec::miband::ClockFrom(BandTime{(wall_seconds + quarters * 900) * 1'000'000}, quarters);
}

struct MyBandParts::Parts {
  adapters::OpensslCipher cipher;
  adapters::LibraryChecksum checksum;
  std::unique_ptr<adapters::KeyStore> keys;
};

MyBandParts::MyBandParts() : parts_(std::make_unique<Parts>()) {
  const std::string home = adapters::DataHome();
  const std::string folder = home.empty() ? "" : home + "/bandkeeper";
  if (!folder.empty()) {
    const std::string files = folder + "/keys";
    world_.keys_place = "this desktop's secret store, or in " + files + " where there is none";
    parts_->keys = std::make_unique<adapters::KeyStore>(adapters::MakeStore(files),
                                                        adapters::OpenSecretService);
    world_.keys = parts_->keys.get();
  }
  world_.cipher = &parts_->cipher;
  world_.checksum = &parts_->checksum;
  world_.local = LocalClock;
  world_.open_radio = [](const app::RadioWishes& wishes) {
    return adapters::OpenBluez({wishes.adapter, wishes.stopped});
  };
  world_.open_store = [folder]() -> Result<std::unique_ptr<ports::BandStore>> {
    if (folder.empty())
      return Fail(ErrorCode::kNotFound,
                  "There is no home folder to keep a band's minutes in: set HOME.");
    if (auto made = adapters::MakeFolders(folder); !made)
      return std::unexpected(std::move(made).error());
    return adapters::OpenBandStore(folder + "/bands.sqlite");
  };
}

MyBandParts::~MyBandParts() = default;

}  // namespace bk::main
