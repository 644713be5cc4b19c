//! Argo Events: event sources, buses and sensors.

@kubernetes("argoproj.io/v1alpha1", "EventBus")
type EventBus = {
  spec: {String: Any}
  status?: Any
}

@kubernetes("argoproj.io/v1alpha1", "EventSource")
type EventSource = {
  spec: {String: Any}
  status?: Any
}

@kubernetes("argoproj.io/v1alpha1", "Sensor")
type Sensor = {
  spec: {String: Any}
  status?: Any
}
