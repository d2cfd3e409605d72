"""What refusals about reports to the level above say."""

from interfaces.web._base.language import lazy

SENTENCES = {
    "YearReportIsSubmitted": lazy("“%(title)s”已经报送（%(number)s）。需要更正时先撤回，写明理由。"),
    "YearReportNotSubmitted": lazy("“%(title)s”还没有报送。"),
}

REASONS = {
    "one_year_only": lazy("项目分析报告只写一个年度。"),
    "two_to_ten_years": lazy("研究报告写二至十个年度。"),
    "year_without_projects": lazy("这个年度还没有票决的项目。"),
}

FIELDS = {
    "parts": lazy("正文"),
    "heading": lazy("小标题"),
    "words": lazy("正文"),
    "to": lazy("报送对象"),
    "number": lazy("文号"),
    "submitted_on": lazy("报送日期"),
    "first_year": lazy("起始年度"),
    "last_year": lazy("截止年度"),
}

KINDS = {"year_report": lazy("这份报告")}
