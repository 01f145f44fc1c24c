"""Makes what people receive: the folder application, the packages of each system, and the papers that go with them."""
