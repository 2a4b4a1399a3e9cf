"""The HTTP service: routes, thin over the pipeline and the service's store. Nothing else imports Flask."""
