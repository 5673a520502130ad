#include "app/band_privacy.h"

#include "app/band/band_alias.h"

namespace bk::app {

Privacy BandPrivacy(const BandWorld* world, bool show_addresses) {
  return Privacy(show_addresses, [world](Address band) -> std::string {
    if (world == nullptr || world->keys == nullptr || world->cipher == nullptr) return "";
    return BandAlias(*world, band).value_or("");
  });
}

}  // namespace bk::app
