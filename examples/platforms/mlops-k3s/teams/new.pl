//! A project that begins: everything that the platform gives, and nothing of its own yet.

import "../platform.pl" as platform
import "../project.pl" as project

extend platform.prod {
  project.MlProject new-ml-project { owner: "research@example.net" }
}
