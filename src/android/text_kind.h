// What a text without dumpstate's marks is, by the shape of its lines. Inside the room only.
#pragma once

#include <cstdint>
#include <string_view>

#include "android/report.h"

namespace bk::android {

// kLogcat, kGadgetbridgeLog, kKernelLog, kTombstone, kProgressLog, or kNothing when the lines have
// none of these shapes. Looks at the first few hundred lines only.
TextKind KindByShape(std::string_view text);

// "9" from "maker/product/device:9/ID/incremental:user/release-keys"; empty when it has not that
// form.
std::string_view AndroidOfFingerprint(std::string_view fingerprint);

}  // namespace bk::android
