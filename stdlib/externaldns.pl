//! ExternalDNS: records of names.

@kubernetes("externaldns.k8s.io/v1alpha1", "DNSEndpoint")
type DNSEndpoint = {
  spec?: {
    endpoints?: [{
      dnsName?: String
      labels?: {String: String}
      providerSpecific?: [{
        name?: String
        value?: String
      }]
      recordTTL?: Int
      recordType?: String
      setIdentifier?: String
      targets?: [String]
    }]
  }
  status?: Any
}
