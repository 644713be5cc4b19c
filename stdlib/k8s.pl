//! The Kubernetes API: a type for every kind and for everything below, of the versions 1.33 to 1.37 together.
//!
//! The types come with the compiler and have no text here. `k8s.Deployment` is the kind in the version that is
//! preferred, `k8s.autoscaling.v1.HorizontalPodAutoscaler` a kind in a version that you choose.
