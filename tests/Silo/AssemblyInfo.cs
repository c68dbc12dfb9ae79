// Each test has several processes or silos: side by side they would only wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
