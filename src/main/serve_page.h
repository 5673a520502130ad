// The page: joins the desk with the server, the folder and the world.
#pragma once

#include <functional>

#include "app/desk/serve.h"
#include "app/world.h"
#include "base/result.h"

namespace bk::main {

// Until SIGINT, SIGTERM or SIGHUP. See app::World::serve_page. `world`: of the program; its clock
// and its phones are replaced by such as hear no signals but the page's Stop.
Status ServePage(const app::ServeWishes& wishes, const app::World& world,
                 const std::function<void(const app::ServedPage&)>& served);

}  // namespace bk::main
