namespace Fulfillment.Tests.Client;

// Walks of pickers. The node PL1 has the zone P without an entry, and in it the bin A-1.
public static partial class BadRequests
{
    const string Paths = "POST /v1/nodes/PL1/pick-paths";

    static IEnumerable<BadRequest> BadPaths()
    {
        (string Name, string Json, string Code, string Field)[] rows =
        [
            ("a walk to nowhere", """{}""", "required", "/stops"),
            ("a walk to no bin", """{"stops":[]}""", "required", "/stops"),
            ("a walk to null", """{"stops":["A-1",null]}""", "required", "/stops/1"),
            ("a walk to a bin with a space", """{"stops":["A 1"]}""", "bad-id", "/stops/0"),
            ("a walk to a bin that is not there", """{"stops":["A-1","Z"]}""", "unknown-bin", "/stops/1"),
            ("a walk to too many bins", $$"""{"stops":[{{Numbered(501, i => $"\"B{i}\"")}}]}""", "too-many", "/stops"),
            ("a walk from nowhere", """{"stops":["A-1"],"from":"Z"}""", "unknown-place", "/from"),
            ("a walk from a zone without an entry", """{"stops":["A-1"],"from":"P"}""", "no-entry", "/from"),
        ];
        foreach (var (name, json, code, field) in rows)
            yield return Row($"places: {name}", Paths, json, 400, code, field);
        yield return Row(
            "places: a walk in no node", "POST /v1/nodes/NONE/pick-paths", """{"stops":["A-1"]}""", 404,
            "unknown-node");
    }
}
