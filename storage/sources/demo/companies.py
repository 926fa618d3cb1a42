"""The other companies of the demo portfolio, and believable names for more of them."""

from random import Random

from storage.sources.demo.people import CSMS, words
from storage.sources.demo.sketch import Company, Segment

_TABLE = """
Acme Rockets|ana|mid-market|Aerospace|United States|240|48|launch checklists
Northwind Traders|ana|mid-market|Wholesale|United States|330|60|supplier onboarding
Globex|ana|mid-market|Energy|United States|680|88|maintenance planning
Initech|ana|smb|Software|United States|95|38|release notes
Lumière Studio|ana|smb|Media|France|40|24|shoot planning
Target Metrics|ana|smb|Analytics|Canada|60|32|campaign reviews
Pied Piper|ana|smb|Software|United States|55|28|bug triage
Umbrella Health|ben|enterprise|Healthcare|United States|4200|230|patient scheduling
Stark Logistics|ben|enterprise|Logistics|United States|2800|185|fleet maintenance
Wayne Freight|ben|mid-market|Logistics|United States|720|105|load planning
Hooli|ben|enterprise|Technology|United States|6100|260|internal support
Dunder Paper|ben|mid-market|Paper|United States|210|42|account reviews
Bluth Homes|ben|smb|Construction|United States|80|36|site inspections
Vandelay Imports|ben|smb|Import and export|United States|45|22|customs paperwork
Massive Dynamic|ben|enterprise|Research|United States|3500|210|lab scheduling
Redwood Credit Union|ben|mid-market|Banking|United States|290|74|loan reviews
Sagebrush Energy|ben|mid-market|Energy|United States|460|82|well inspections
Brightside Schools|ben|smb|Education|United States|130|30|timetables
Peachtree Apparel|ben|mid-market|Apparel|United States|350|58|season planning
Copperfield Books|ben|smb|Publishing|United States|70|19|catalogue updates
Meridian Diagnostics|ben|mid-market|Healthcare|Canada|410|92|sample tracking
Wonka Foods|chloe|mid-market|Food|United Kingdom|540|96|recipe approvals
Monarch Media|chloe|mid-market|Media|United Kingdom|320|68|content planning
Gringotts Finance|chloe|enterprise|Banking|United Kingdom|1800|175|audit preparation
Soylent Nutrition|chloe|mid-market|Food|Netherlands|260|64|batch release
Next Step Education|chloe|smb|Education|Ireland|110|34|tutor matching
Harbor & Finch|chloe|smb|Architecture|United Kingdom|50|26|design reviews
Juniper Grove Hotels|chloe|mid-market|Hospitality|Spain|620|72|shift planning
Ostrava Steelworks|chloe|enterprise|Steel|Czechia|2600|160|safety audits
Fjord Outfitters|chloe|smb|Retail|Norway|90|29|store openings
Halcyon Insurance|chloe|enterprise|Insurance|Switzerland|1500|190|claims handling
Quillworks Publishing|chloe|smb|Publishing|Italy|65|21|manuscript tracking
Alder & Moss Legal|chloe|smb|Legal|Belgium|75|33|case intake
Thornbury Estates|chloe|mid-market|Real estate|United Kingdom|230|52|tenant requests
Tyrell Systems|dev|enterprise|Robotics|Japan|2900|240|assembly quality checks
Cyberdyne Labs|dev|mid-market|Robotics|South Korea|480|99|test protocols
Oscorp Analytics|dev|mid-market|Analytics|Singapore|300|78|model reviews
Kestrel Robotics|dev|mid-market|Robotics|Australia|190|54|field trials
Bluebird Clinics|dev|mid-market|Healthcare|India|380|66|appointment reminders
Marlin Shipping|dev|enterprise|Shipping|Singapore|2100|155|port calls
Lantern Health|dev|smb|Healthcare|Australia|85|31|home visits
Pampa Foods|dev|mid-market|Food|Argentina|440|62|harvest planning
Sakura Mobility|dev|enterprise|Automotive|Japan|3300|205|dealer training
Tidewater Utilities|dev|mid-market|Utilities|Australia|510|84|meter readings
Zephyr Air Cargo|dev|mid-market|Aviation|United Arab Emirates|360|71|slot planning
Cobalt Semiconductors|dev|enterprise|Semiconductors|Taiwan|1700|180|yield reviews
"""

_FRONT = words(
    "Amber Argent Aspen Aurora Banner Basalt Beacon Birch Boreal Bramble Bridgewater Calder "
    "Canyon Cascade Cedar Cinder Clover Compass Coral Crescent Crestview Cypress Dovetail "
    "Driftwood Eastgate Echo Elmwood Ember Evergreen Falcon Fairmont Foxglove Garnet Glacier "
    "Granite Greenfield Hawthorn Hazel Heron Highland Horizon Indigo Ironwood Ivory Jasper "
    "Keystone Lakeside Larkspur Laurel Linden Lodestar Magnolia Maple Mariner Meadow Mistral "
    "Nimbus Northgate Oakhurst Opal Orchard Osprey Palisade Pebble Pinecrest Prairie Quarry "
    "Ravenwood Ridgeway Rosewood Saffron Sandstone Silverlake Sparrow Summit Sycamore Timber "
    "Topaz Verdant Willow"
)

_TRADES: tuple[tuple[str, str, str], ...] = (
    ("Freight", "Logistics", "load planning"),
    ("Foods", "Food", "recipe approvals"),
    ("Health", "Healthcare", "patient scheduling"),
    ("Analytics", "Analytics", "campaign reviews"),
    ("Insurance", "Insurance", "claims handling"),
    ("Energy", "Energy", "maintenance planning"),
    ("Robotics", "Robotics", "test protocols"),
    ("Media", "Media", "content planning"),
    ("Retail", "Retail", "store openings"),
    ("Software", "Software", "release notes"),
    ("Hotels", "Hospitality", "shift planning"),
    ("Textiles", "Apparel", "season planning"),
    ("Materials", "Manufacturing", "safety audits"),
    ("Learning", "Education", "course scheduling"),
    ("Partners", "Business services", "account reviews"),
    ("Motors", "Automotive", "dealer training"),
)

_PLACES = words(
    "Oslo Porto Leeds Austin Denver Lyon Bergen Turin Graz Ghent Kyoto Perth Pune Cork Basel "
    "Bremen Utrecht Malmo Tampa Boise Quito Cusco Nagoya Busan Penang Cairns Dakar Accra Tunis "
    "Riga Vilnius Tartu Brno Gdansk Zagreb Split Varna Patras Haifa Izmir Tbilisi Almaty Lahore "
    "Jaipur Mysore Kandy Hanoi Cebu Davao Darwin Hobart Napier Nelson Salta Cordoba Recife Natal "
    "Leon Merida Puebla Halifax Regina Calgary Spokane Tucson Tulsa Omaha Fargo Duluth Akron"
)

_COUNTRIES = (
    "United States", "United Kingdom", "Germany", "France", "India", "Canada", "Netherlands",
    "Australia", "Spain", "Japan", "Brazil", "Sweden",
)  # fmt: skip

_SIZES: dict[Segment, tuple[int, int, int, int]] = {
    "smb": (30, 150, 12, 40),
    "mid-market": (150, 900, 42, 110),
    "enterprise": (1_000, 7_000, 120, 280),
}
"""Employees and ARR in thousands, from and to."""


def listed() -> tuple[Company, ...]:
    """Return the companies of the table, in its order."""
    return tuple(_company(line.split("|")) for line in _TABLE.strip().splitlines())


def invented(number: int, rng: Random) -> Company:
    """Return the company of that number, counted from 0; every number has another name."""
    front, rest = _FRONT[number % len(_FRONT)], number // len(_FRONT)
    trade, industry, use_case = _TRADES[(rest + 3 * number) % len(_TRADES)]
    places = rest // len(_TRADES)
    suffix = "".join(f" {_PLACES[place]}" for place in _digits(places))
    segment: Segment = rng.choices(tuple(_SIZES), (40, 42, 18))[0]
    fewest, most, cheapest, dearest = _SIZES[segment]
    return Company(
        name=f"{front} {trade}{suffix}",
        owner=CSMS[number % len(CSMS)].key,
        segment=segment,
        industry=industry,
        country=rng.choice(_COUNTRIES),
        employees=rng.randint(fewest, most),
        arr=1_000 * rng.randint(cheapest, dearest),
        use_case=use_case,
    )


def _company(cells: list[str]) -> Company:
    name, owner, segment, industry, country, employees, thousands, use_case = cells
    kind: Segment = next(one for one in _SIZES if one == segment)
    return Company(
        name, owner, kind, industry, country, int(employees), 1_000 * int(thousands), use_case
    )


def _digits(number: int) -> list[int]:
    """Write a number in the base of the places, without a zero, so that 0 is no place at all."""
    digits = []
    while number:
        number, digit = divmod(number - 1, len(_PLACES))
        digits.append(digit)
    return digits
