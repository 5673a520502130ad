// Android's memory log of HCI as it stands in a dump of bluetooth_manager.
// Source of the format: AOSP system/bt, btif/src/btif_debug_btsnoop.cc.
#pragma once

#include <string>

#include "capture/script.h"

namespace bk::live {

std::string MemoryLogOf(const capture::Script& script);

}  // namespace bk::live
