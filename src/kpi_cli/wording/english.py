"""English word lists. `*` stands for any ending; longest phrase first, whole words, any case.

Verbs are looked up at the head of a sentence only, in their inflected forms too.
"""
# ruff: noqa: E501 - word lists are read best in long lines

from __future__ import annotations

from collections.abc import Mapping

from kpi_cli.wording.text import words

VERBS: Mapping[str, str] = {
    # Says that something should be better, but neither what will be seen nor how far.
    "vague": """
        accelerate; address; administer; advance; aim; assist; be able to; be aware of; be better;
        become better; become familiar with; boost; champion; collaborate; consider; contribute to;
        cooperate; coordinate; cultivate; deepen; develop; drive; elevate; embrace; empower; enable;
        encourage; engage; engage with; enhance; ensure; evolve; examine; excel; explore; facilitate;
        fix; focus; focus on; foster; get better at; get better; handle; harness; help; improve;
        improve on; innovate; inspire; investigate; know; know more about; learn; learn about;
        leverage; look at; look into; make better; make progress on; make sure; manage; maximi*;
        minimi*; modernise; modernize; monitor; nurture; optimi*; oversee; participate;
        participate in; perform better; prioritise; prioritize; progress; promote; raise awareness;
        rethink; revamp; revitali*; revolutioni*; scale; share; solidify; stabilise; stabilize; step up;
        streamline; strengthen; strive; strive to; support; sustain; take care of; tackle;
        transform; try; try to; understand; unlock; work hard on; work better; work on; work with""",
    # Names what people do. The result it is done for is another question.
    "activity": """
        add; allocate; analyse; analyze; announce; answer; appoint; arrange; assess; assign; attend;
        audit; automate; begin; brainstorm; brief; build; buy; call; carry out; check; code; collect;
        commission; communicate; compile; complete; conduct; configure; construct; consult;
        contact; continue building; create; define; deliver; deploy; design; develop; discuss;
        distribute; document; do; draft; email; enrol; enroll; establish; evaluate; execute;
        explore; file; film; finalise; finalize; finish; follow up; form; formalise; formalize;
        gather; give; go to; hand out; hand; hire; hold; host; identify; implement; initiate;
        inspect; install; integrate; interview; introduce; investigate; issue; join; kick off; launch;
        list; make connections; make; map; mail; meet with; migrate; move; negotiate; network;
        offer; onboard; open; order; organise; organize; outline; perform; phone; pilot; plan; post; prepare;
        present; print; procure; produce; propose; provide; publish; purchase; put in place; reach out;
        read; rebrand; rebuild; recruit; repair; restore; renew; redesign; refactor; refresh; refurbish; relaunch; release;
        renegotiate; renovate; replace; report; research; restructure; review; rewrite; roll out;
        run; schedule; script; search for; select; send; send out; set up; ship; sign up for; speak;
        sponsor; standardise; standardize; start; study; submit; survey; take; talk to; teach;
        test; track; train; translate; undertake; update; upgrade; use; visit; watch; work on; write""",
    # Says which way a figure should move.
    "direction": """
        boost; bring down; bring; cut; decrease; double; drop; eliminate; expand; extend; gain; grow;
        halve; have; improve; increase; lengthen; lift; limit; lose; lower; make more; multiply; prevent;
        push; quadruple; raise; reduce; sell more; sell; shorten; shrink; slash; speed up; stop; triple;
        trim; widen; increase the number of; move""",
    # Takes a number as its object, or says what has come about: an outcome.
    "outcome": """
        consume; spend; throw away; waste; achieve; acquire; answer within; attain; attract; average; be; become; book; capture; close;
        convert; decrease to; delight; diversify; earn; enter; establish ourselves; exceed; gain;
        generate; get; have; hit; keep; land; make; maintain; meet; obtain; onboard; open; outperform;
        own; pass; process; qualify; reach; realise; realize; rank; receive; recover; resolve; respond;
        retain; save; score; secure; sell; serve; sign; surpass; take; win""",
    # Keeps what is there.
    "keep": "continue; continue doing; continue to; keep; maintain; preserve; remain; stay; sustain; uphold",
}

AMBIGUOUS_NAMES = words(
    """address answer audit brief build call check code contact cut design document do draft drive
    drop email file film form gain give group grow hand handle help hire hold host increase issue
    launch lead lift list mail map meet move network offer open order pass phone pilot plan post
    present print process produce progress promote purchase rank reach read record release report
    research return review run sales schedule scale score script search share ship sign sponsor
    start stop study support survey take talk test track train update upgrade use visit watch win
    work increase decrease close book average balance"""
)
"""Verbs that are nouns as well: at the head of a KPI's name they are taken for nouns."""

WORDS: Mapping[str, str] = {
    "vague": """
        adequate; adequately; agile; amazing; appropriate; appropriately; as needed; awesome; best;
        best practice; best practices; best in class; better; cleaner; clean; competitive;
        considerable; considerably; consistent; consistently; cost effective; cutting edge; customer
        centric; customer focused; data driven; dramatic; dramatically; dynamic; easier; easily;
        easy; effective; effectively; effectiveness; efficient; efficiently; empowered; excellence;
        excellent; exceptional; fast; faster; fit for purpose; flexible; frequent; frequently; good;
        great; greater; happier; happy; healthier; healthy; high value; high quality; high
        performing; higher; highly; holistic; ideal; impactful; improved; innovative; innovation;
        leading; leading edge; low; lower; meaningful; modern; more effective; more efficient; more effectively;
        more efficiently; more productive; nice; optimal; optimum; outstanding; poor; positive;
        proactive; proactively; productive; promptly; quick; quicker; quickly; rapid; rapidly;
        reasonable; reasonably; regular; regularly; relevant; reliable; responsive; robust; scalable;
        seamless; seamlessly; significant; significantly; simple; simpler; slow; smaller; smarter;
        smooth; smoother; smoothly; solid; sound; state of the art; strategic; strong; stronger;
        substantial; substantially; successful; successfully; sufficient; sufficiently; superior;
        sustainable; sustainably; thriving; timely; top notch; transparent; user friendly; vibrant;
        well; wonderful; world class""",
    "quantity": """
        a bit; a few; a little; a lot; a lot of; a number of; a variety of; about; almost;
        approximately; around; as many as possible; as much as possible; enough; few; fewer; just
        about; less; lots; lots of; many; more; most; much; nearly; numerous; plenty of; roughly;
        several; some; various""",
    "escape": """
        and so forth; and so on; as appropriate; as far as possible; as far as resources allow; as much as practicable; as
        required; as soon as possible; asap; at some point; best effort; best efforts; etc; if
        necessary; if needed; if possible; if resources permit; if time allows; resources permitting; budget
        permitting; time permitting; in due course; including but not limited
        to; or so; or similar; tba; tbc; tbd; to be agreed; to be announced; to be confirmed; to be
        decided; to be defined; to be determined; to the extent possible; to the extent practicable;
        todo; when necessary; when possible; where appropriate; where feasible; where possible;
        whenever possible""",
    "unready": "tba; tbc; tbd; to be agreed; to be confirmed; to be decided; to be defined; to be determined; todo",
    "relative_time": """
        soon; sooner; shortly; asap; as soon as possible; eventually; in due course; in the future; in
        the near future; in the long term; in the short term; in the coming period; one day; later;
        sometime; someday; at some point; going forward; over time; in time""",
    # Grows whatever the organisation does, and moves nothing it lives on.
    "vanity": """
        follower; follower count; followers; impressions; likes; media mentions; mentions; page view; page
        views; pageviews; press coverage; press mentions; raw traffic; reactions; retweets; shares on;
        social shares; social reach; upvotes; video plays; video views; views; web hits; website hits;
        website views; social mentions; likes received; ad impressions""",
    "weak_vanity": """
        app downloads; app installs; clicks; downloads; email opens; emails opened; installs; newsletter
        subscribers; registered users; sign ups; signups; site visits; subscribers; total users; user
        registrations; web traffic; website traffic; site traffic; website visitors; website visits; total
        registrations; cumulative users; accounts created""",
    "effort": """
        activities completed; ads placed; ads published; articles published; articles written; blog
        posts; blog posts published; blog posts written; calls made; campaigns launched; campaigns run;
        code commits; coffee meetings; cold calls; commits; content pieces; courses delivered; courses
        held; demos given; documents written; email campaigns; emails sent; events held; events
        attended; experiments run; features built; features delivered; features launched; features
        released; features shipped; hours logged; hours of work; hours worked; interviews conducted;
        interviews held; kloc; lines of code; man hours; meetings attended; meetings held; meetings;
        pages written; person hours; phone calls; phone calls made; posts made; posts published;
        presentations given; press releases; projects completed; projects started; proposals sent;
        proposals written; pull requests; reports created; reports submitted; reports written; sales
        calls; sessions delivered; sessions held; sprints completed; story points; tasks completed;
        tests run; tests written; tickets closed; tickets opened; training courses; training days;
        training sessions; trainings held; tweets; tweets sent; visits made; webinars; webinars held;
        workshops; workshops held""",
    "name_direction": """
        better; decrease in; decreased; decreasing; enhanced; enhancing; faster; fewer; greater; growing;
        higher; improved; improvement in; improvement of; improving; increase in; increased;
        increasing; lower; lowering; more; raised; raising; reduced; reducing; reduction in; reduction
        of; stronger""",
    "name_verb": "boost; decrease; enhance; improve; increase; lower; maximi*; minimi*; optimi*; raise; reduce; strengthen",
    "generic": """
        alignment; awareness; brand; business; capabilities; capability; collaboration; communication;
        communications; company; culture; customer; customers; delivery; development; diversity;
        efficiency; effectiveness; employee; employees; engagement; environment; experience; growth;
        health; image; innovation; knowledge; leadership; loyalty; marketing; morale; motivation;
        onboarding; operations; organisation; organization; performance; position; presence; process;
        processes; product; products; productivity; quality; relationship; relationships; reliability;
        reputation; results; safety; sales; satisfaction; security; service; services; skills; staff;
        stability; standards; success; support; system; systems; team; teams; teamwork; technology; tools;
        transparency; trust; user; users; usability; ux; value; visibility; wellbeing; work; workflow;
        workflows; website; things; stuff; everything; money; revenue; profit; profits; costs; market""",
    # Nobody can count these as such: ten per cent of what?
    "intangible": """
        alignment; atmosphere; attitude; capability; capabilities; collaboration; commitment;
        communication; communications; community relations; confidence; culture; customer
        relationship; customer relationships; creativity; expertise; fitness; happiness; image;
        innovation; knowledge; leadership; loyalty; mindset; morale; motivation; quality of life;
        relationship; relationships; reputation; risk; risks; skill; skills; spirit; teamwork;
        timeliness; transparency; trust; understanding; user experience; customer experience; wellbeing""",
    # Beside one of these even loyalty or trust is a figure.
    "measure": """
        accuracy; amount; average; attainment; attendance; balance; backlog; bounce rate; budget;
        capacity; churn; completion; completions; conversion; conversions; cost; costs; count;
        coverage; csat; days; defects; downtime; duration; ebitda; emissions; error; errors; expenses;
        expenditure; failures; frequency; gap; gmv; grade; grades; headcount; hours; income; incidents;
        index; injuries; intensity; inventory; kpi; latency; lead time; length; level of; levels; margin;
        median; minutes; mrr; arr; nps; number; number of; output; orders; overtime; pass rate;
        percent; percentage; percentile; pipeline; points; price; probability; productivity rate;
        profit; proportion; quota; rank; ranking; rate; rates; rating; ratings; ratio; renewals;
        response; retention; return; returns; revenue; sales; savings; score; scores; share; sla; spend;
        speed; stars; survey; throughput; ticket; tickets; time; total; turnover; units; uptime; usage;
        users; utilisation; utilization; value; velocity; volume; waste; yield""",
    "rate": """
        active; average; avg; conversion; converted; converting; engagement; growth rate; median; mean;
        paid; paying; per; percent; percentage; proportion; qualified; rate; ratio; relevant;
        repeat; retained; retention; returning; share of; targeted; trial to paid; unique; organic;
        engaged; verified; who; %""",
    "every": """
        all; any; each; every; entire; whole; always; company wide; nationwide; organisation wide;
        organization wide; across; full; fully; throughout; both""",
    "often": """
        annually; daily; each day; each month; each quarter; each semester; each week; each year;
        every day; every month; every morning; every quarter; every week; every year; every semester;
        hourly; monthly; nightly; once a day; once a month; once a week; once per week; per day; per
        month; per quarter; per week; per year; quarterly; times a week; times per week; times a day; twice a day; twice a month;
        twice a week; weekly; yearly; biweekly; fortnightly""",
    "purpose": """
        so that; so as to; in order that; which leads to; leading to; resulting in; results in; which
        results in; to achieve; to increase; to reduce; to cut; to raise; to lower; to grow; to improve;
        to decrease; to reach; to boost; to save; to bring; to shorten; to eliminate; and increase; and
        reduce; thereby; such that; driving; generating; yielding""",
    "means": "by; by means of; through; via; by using; using; with the help of; thanks to",
    "population": """
        among; at; by region; for; in; of; from; within; across; per; between; who; whose; where; on;
        that; which; with; over""",
    "double": "and; as well as; plus; along with",
    "negative": """
        avoid; bad; complaints; crisis; decline; failure; fight; problem; problems; prevent; stop; worst;
        lose; losing; hate""",
    "negation": "not; never; no longer; without; cannot; can't; don't; doesn't; won't; isn't; aren't; hardly; nothing; nobody",
    "pronoun": "it; this; that; these; those; they; them; its; their",
    "depends": """
        depending on; subject to approval; subject to; if approved; once approved; pending approval;
        dependent on; depends on; provided that; contingent on; assuming""",
    "beneficiary": """
        agencies; candidates; children; citizens; citizen; client; clients; communities; community;
        company; consumer; consumers; customer; customers; developers; employee; employees; everyone;
        families; farmers; guests; households; kitchen; kitchens; learners; market; members; merchants;
        partners; passengers; patient; patients; people; public; readers; residents; sellers;
        shareholders; staff; store; stores; students; suppliers; taxpayer; taxpayers; team; teams;
        tenants; us; user; users; veterans; visitors; volunteers; we; women; workers; youth; our; every""",
    "aspiration": "be; become; delight; establish ourselves; inspire; lead; make; own; win; dominate; disrupt; wow; turn",
    "soft_object": """
        brand; business; community; communities; company; capability; capabilities; confidence; culture;
        ecosystem; engine; environment; excitement; experience; experiences; foundation; foundations;
        future; growth; habit; impact; leaders; love; loyalty; machine; marketplace; mindset; momentum;
        movement; organisation; organization; outcomes; partnership; partnerships; place; presence;
        product; products; relationship; relationships; reputation; results; service; services; team; teams;
        trust; value; workforce; workplace; world; savings; successful; successfully; success; leader;
        position; category; customers; users; quality""",
    "hard_object": """
        app; application; apps; blog; calendar; campaign; campaigns; class; course; courses; crm;
        dashboard; database; documentation; erp; event; events; feature; features; form; guide;
        handbook; landing page; manual; meeting; meetings; mobile app; module; newsletter; office;
        page; plan; platform; policy; policies; portal; presentation; process; program; programme;
        project; prototype; report; reports; roadmap; session; sessions; site; software; strategy;
        survey; surveys; system; systems; template; templates; tool; tools; training; version; video;
        videos; webinar; webinars; website; workflow; workshop; workshops; interviews; posts; article;
        articles; interview""",
}

PREFIXES = (
    r"(?:in order )?to be able to (?=\w)",
    r"(?:in order|so as) to [^,]{3,120}, ",
    r"(?:my|our|the|a|your|one|team'?s?|main|key|primary|smart|[a-z]+'s?)(?: \w+){0,3}? (?:goal|objective|aim|target|priority|mission|plan|ambition|okr|kpi|key result)"
    r"(?: for [^,:]{1,40}?)? (?:is|are|will be|:|-)(?: to| that)? ",
    r"(?:goal|objective|aim|target|kpi|okr|key result|metric|smart goal|kr|o)(?: ?\d+(?:\.\d+)*)? ?[:.\-–—] ?",
    r"(?:i|we|you|they|he|she|staff|employees|everyone)(?:'d| would)? (?:want|wants|need|needs|plan|plans|intend|intends|aim|aims|hope|hopes|like|have|has|wish|aspire|try|commit|are going|am going|is going|strive)(?:s|ing)? to ",
    r"(?:i|we|you|they|it|he|she)(?:'ll| will| shall| should| must| can| would)(?: also)? ",
    r"(?:the |our |my |all |each |every )?(?:[\w&'/-]+ ){1,5}(?:will|shall|should|must|is to|are to|aims to|needs to) (?:be able to |have )?",
    r"(?:let's|please|better|also|then|and|successfully|significantly|continuously|continually|consistently|"
    r"substantially|dramatically|drastically|actively|proactively|quickly|further|again|effectively|efficiently|"
    r"constantly|steadily|greatly|radically) ",
    r"(?:aim|strive|seek|attempt|work|plan|try|start|begin|hope|want|commit|need) to ",
    r"(?:be able|have the ability|learn how|learn) to ",
    r"(?:help|enable|allow|support|assist) (?:us |them |me |the team )?(?:to )?(?=(?:increase|reduce|improve|grow|raise) )",
    r"to ",
)
"""What stands before the verb that matters, as regular expressions for lower-case text."""

PREFIX_STARTS = (
    "i ", "i'", "we ", "we'", "you ", "you'", "they ", "they'", "he ", "he'", "she ", "she'", "it ", "it'",
    "goal", "objective", "aim", "target", "kpi", "okr", "key result", "metric", "smart goal", "kr",
    "o ", "o:", "o.", "o-", "o–", "o—", *(f"o{digit}" for digit in range(10)),
    "let's ", "please ", "better ", "also ", "then ", "and ", "successfully ", "significantly ", "continuously ",
    "continually ", "consistently ", "substantially ", "dramatically ", "drastically ", "actively ", "proactively ",
    "quickly ", "further ", "again ", "effectively ", "efficiently ", "constantly ", "steadily ", "greatly ",
    "radically ", "help ", "enable ", "allow ", "support ", "assist ",
)  # fmt: skip
PREFIX_HINTS = (
    "to ", "will ", "shall ", "should ", "must ", "goal ", "objective ", "aim ", "target ", "priority ", "mission ",
    "plan ", "ambition ", "okr ", "kpi ", "key result ",
)  # fmt: skip
"""With each prefix the text begins with one of the former, or one of the latter stands in it."""
