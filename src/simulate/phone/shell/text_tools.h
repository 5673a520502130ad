// What toybox gives a pipe on a phone: echo, printf, cat, grep, head, tail, wc, sleep, true, false.
#pragma once

#include "simulate/phone/shell/programs.h"

namespace bk::simulate {

void AddTextTools(Programs& programs);

}  // namespace bk::simulate
