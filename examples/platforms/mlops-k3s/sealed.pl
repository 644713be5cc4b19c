//! What was sealed for each cluster, which alone opens it: `out/prod/seal.sh` asks for what is missing, and `platc seal` seals one value.

import "./sealed/dev.json" as dev: sealedsecrets.Kept
import "./sealed/prod.json" as prod: sealedsecrets.Kept
import std/sealedsecrets

/// That of a cluster. Clusters of tests have that of `prod`.
fn of(cluster: Name) -> sealedsecrets.Kept = if cluster == "dev" then dev else prod
