namespace Fulfillment.Bench.Routing;

/// <summary>Where the orders of the history go: names as it writes them, and about where their buyers live.</summary>
static class Countries
{
    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, (string Code, double Latitude, double Longitude)> All { get; } =
        new Dictionary<string, (string, double, double)>
        {
            ["United Kingdom"] = ("GB", 52.5, -1.5),
            ["Germany"] = ("DE", 51.1, 10.4),
            ["France"] = ("FR", 47.0, 2.5),
            ["EIRE"] = ("IE", 53.3, -7.5),
            ["Spain"] = ("ES", 40.4, -3.7),
            ["Netherlands"] = ("NL", 52.2, 5.3),
            ["Belgium"] = ("BE", 50.8, 4.4),
            ["Switzerland"] = ("CH", 46.9, 7.9),
            ["Portugal"] = ("PT", 38.9, -9.0),
            ["Australia"] = ("AU", -33.9, 151.2),
            ["Norway"] = ("NO", 59.9, 10.7),
            ["Italy"] = ("IT", 42.8, 12.5),
            ["Channel Islands"] = ("JE", 49.2, -2.1),
            ["Finland"] = ("FI", 60.9, 25.0),
            ["Cyprus"] = ("CY", 35.1, 33.3),
            ["Sweden"] = ("SE", 59.3, 17.0),
            ["Austria"] = ("AT", 47.9, 15.0),
            ["Denmark"] = ("DK", 55.8, 11.5),
            ["Japan"] = ("JP", 35.7, 139.7),
            ["Poland"] = ("PL", 52.0, 19.5),
            ["USA"] = ("US", 39.8, -86.0),
            ["Israel"] = ("IL", 32.0, 34.9),
            ["Hong Kong"] = ("HK", 22.3, 114.2),
            ["Singapore"] = ("SG", 1.35, 103.8),
            ["Iceland"] = ("IS", 64.1, -21.9),
            ["Canada"] = ("CA", 45.0, -76.0),
            ["Greece"] = ("GR", 38.0, 23.7),
            ["Malta"] = ("MT", 35.9, 14.4),
            ["Czech Republic"] = ("CZ", 50.0, 15.3),
            ["Lithuania"] = ("LT", 55.0, 24.0),
            ["United Arab Emirates"] = ("AE", 25.2, 55.3),
            ["Lebanon"] = ("LB", 33.9, 35.5),
            ["RSA"] = ("ZA", -28.0, 26.0),
            ["Saudi Arabia"] = ("SA", 24.7, 46.7),
            ["Bahrain"] = ("BH", 26.2, 50.6),
            ["Brazil"] = ("BR", -23.0, -46.0),
        };
}
