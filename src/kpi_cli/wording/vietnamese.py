"""Vietnamese word lists, compiled by hand; no native speaker has judged them.

Composed letters (NFC), lower case; syllables stand apart, so a phrase never matches inside a word.
"""
# ruff: noqa: E501 - word lists are read best in long lines

from __future__ import annotations

from collections.abc import Mapping

VERBS: Mapping[str, str] = {
    "vague": """
        bảo đảm; bồi dưỡng; chú trọng; chuyên nghiệp hóa; chăm lo; cải thiện; cải tiến; cố gắng; củng cố;
        góp phần; giúp; hiểu; hiểu rõ; hiện đại hóa; hoàn thiện; hướng tới; hướng đến; hỗ trợ; học hỏi;
        khuyến khích; khai thác; kiện toàn; làm chủ; làm tốt; lan tỏa; lan toả; mở rộng; nâng cao; nâng tầm;
        nghiên cứu; nắm bắt; nắm vững; nỗ lực; phát huy; phát triển; phấn đấu; phối hợp; quan tâm;
        quản lý; quản lý tốt; quản trị tốt; tham gia; thúc đẩy; tiếp cận; tìm hiểu; tập trung;
        tập trung vào; tối ưu; tối ưu hoá; tối ưu hóa; tối đa hóa; tối thiểu hóa; từng bước; tăng cường;
        tạo dựng; tạo điều kiện; xây dựng hình ảnh; đa dạng hóa; đảm bảo; đẩy mạnh; đẩy nhanh; đồng hành;
        đổi mới; động viên; chủ động; tích cực; giữ gìn; truyền cảm hứng; trau dồi; rèn luyện; hội nhập;
        chuyển đổi số; làm việc; thay đổi; cải cách; ổn định""",
    "activity": """
        ban hành; bàn giao; biên soạn; bố trí; báo cáo; cài đặt; cập nhật; chạy; chuyển đổi; chuẩn bị;
        chụp; cung cấp; cử; dạy; gặp; gặp gỡ; giới thiệu; gọi; gọi điện; gửi; hoàn thiện; hoàn thành;
        huấn luyện; hướng dẫn; họp; hỗ trợ; in; khai giảng; khảo sát; khởi công; khởi động; kiểm kê;
        kiểm tra; ký; ký kết; kết nối; liên hệ; làm; lên kế hoạch; lắp đặt; lập; lập kế hoạch; mua;
        mua sắm; mở; mở lớp; nghiên cứu; nâng cấp; nộp; phát hành; phát động; phân công; phân tích; phỏng
        vấn; phối hợp; phổ biến; quay; ra mắt; rà soát; số hóa; soạn; soạn thảo; sắp xếp; sửa; sửa chữa;
        tham dự; tham gia; theo dõi; thiết kế; thiết lập; thu thập; thuê; thành lập; thực hiện; thử nghiệm;
        tiến hành; triển khai; trình; tuyên truyền; tuyển; tuyển dụng; tìm; tìm kiếm; tập huấn; tổ chức;
        tổng hợp; trồng; tạo; viết; vận hành; xuất bản; xây; xây dựng; xử lý; áp dụng; đào tạo; đánh giá; đăng;
        đăng bài; đăng ký; đưa vào sử dụng; đưa vào vận hành; đặt in; đề xuất; đọc; học; nhập; bảo trì; phủ""",
    "direction": """
        bán; bán được nhiều; bán nhiều; cắt giảm; giảm; giảm bớt; giảm thiểu; gia tăng; hạ; hạ thấp; hạn chế;
        kéo dài; kéo giảm; loại bỏ; nhân đôi; nâng; rút ngắn; tiết giảm; tiết kiệm; tăng; tăng gấp đôi;
        tăng gấp ba; tăng thêm; tăng trưởng; tăng tốc; mở rộng; nới; rút; đưa; nâng cao; cải thiện; kiếm""",
    "outcome": """
        bán; chiếm; chinh phục; chốt; có; có được; giành; giành được; giữ chân; kiếm; làm hài lòng; lọt vào;
        mang lại; phục vụ; ký được; thu; thu hút; thu về; trở thành; tạo ra; vươn lên; vượt; được; đạt; đạt được;
        đạt mức; đem lại; đứng; giải quyết; phản hồi; hoàn vốn; là; đưa""",
    "keep": "bảo đảm; bảo tồn; duy trì; giữ; giữ nguyên; giữ vững; tiếp tục; tiếp tục duy trì; đảm bảo; bảo vệ",
}

AMBIGUOUS_NAMES = frozenset({"in", "học", "làm", "là", "thu", "báo cáo", "đánh giá", "tăng trưởng"})
"""Verbs that are nouns as well: at the head of a KPI's name they are taken for nouns."""

WORDS: Mapping[str, str] = {
    "vague": """
        bài bản; bền vững; chuyên nghiệp; chuyên nghiệp hơn; chất lượng cao; chất lượng tốt; chất
        lượng hơn; chặt chẽ; chu đáo; cao hơn; dẫn đầu; hiện đại; hiệu quả; hiệu quả hơn; hiệu quả cao;
        hoàn hảo; hàng đầu; hạnh phúc; hợp lý; khoa học; khỏe mạnh; khỏe mạnh hơn; kịp thời; linh
        hoạt; lâu dài; lớn; lớn mạnh; mạnh; mạnh mẽ; mạnh hơn; nghiêm túc; nhanh; nhanh chóng; nhanh hơn;
        nhanh nhất; nhỏ; năng động; phù hợp; rõ rệt; rõ ràng; rộng rãi; sáng tạo; sâu rộng; thiết thực; thuận
        lợi; thuận tiện; thành công; thân thiện; thường xuyên; tiên tiến; tiện lợi; toàn diện; triệt để; trọn
        vẹn; tích cực; tận tâm; tận tình; tối thiểu; tối ưu; tối đa; tốt; tốt hơn; tốt nhất; uy tín; vượt bậc; vượt
        trội; vững chắc; vững mạnh; xuất sắc; xứng tầm; đáng kể; đáng tin cậy; đúng mức; đầy đủ; đẳng cấp; đột
        phá; đồng bộ; ổn định; chủ động; giỏi; giỏi hơn; đẹp; đẹp hơn; mới mẻ; ấn tượng; cạnh tranh; sạch; sạch sẽ; gọn gàng; ngăn nắp; vui vẻ; lịch sự; dễ dàng; dễ
        dàng hơn; nhiệt tình; nghiêm minh; thực chất; có chiều sâu; đi vào chiều sâu""",
    "quantity": """
        càng nhiều càng tốt; cơ bản; gần; hầu hết; khoảng; một chút; một phần; một số; nhiều; nhiều hơn; nhiều
        hơn nữa; phần lớn; rất nhiều; thật nhiều; vài; xấp xỉ; ít; ít hơn; đa số; đông đảo; hơn nữa; đủ; từng bước; dần""",
    "escape": """
        chưa xác định; khi có thể; khi có điều kiện; khi cần; khi cần thiết; khi thích hợp; nếu có thể; nếu điều kiện cho phép; khi điều kiện cho phép; nếu thuận lợi; nếu cần;
        nếu cần thiết; nếu kịp; nếu được; sẽ bổ sung; sẽ cập nhật sau; sớm nhất có thể; theo chỉ đạo; theo phân
        công; theo thực tế; theo tình hình; theo tình hình thực tế; theo điều kiện;
        theo khả năng; trong khả năng; trong khả năng cho phép; trong thời gian sớm nhất; trong thời gian tới;
        tùy theo; tùy điều kiện; tuỳ theo; tùy tình hình; tuỳ tình hình; v v; và các công việc khác; và các
        nhiệm vụ khác; vân vân; được giao; một cách phù hợp; trong điều kiện cho phép; nếu có""",
    "unready": "chưa xác định; sẽ bổ sung; sẽ cập nhật sau",
    "relative_time": """
        càng sớm càng tốt; một ngày nào đó; sau này; sắp tới; sớm; sớm nhất; sớm nhất có thể; thời gian tới; trong
        thời gian sớm nhất; trong thời gian tới; trong tương lai; trong tương lai gần; về lâu dài; dần dần; từng
        bước; thời gian sắp tới; nay mai; lâu dài""",
    "vanity": """
        follower; like; lượt bình luận; lượt chia sẻ; lượt hiển thị; lượt like; lượt theo dõi; lượt thích; lượt
        tiếp cận; lượt tương tác; lượt view; lượt xem; lượt xem trang; lượt đề cập; người theo dõi; người thích
        trang; thành viên nhóm; lượt nhắc đến""",
    "weak_vanity": """
        lượt click; lượt nhấp; lượt truy cập; lượt tải; lượt tải về; lượt tải app; lượt đăng ký; lượt cài đặt;
        lượt ghé thăm; số người đăng ký; số tài khoản đăng ký; tài khoản đăng ký""",
    "effort": """
        bài viết đã đăng; bài đăng; số bài viết; số bài đăng; số báo cáo; số buổi họp; số buổi tập huấn; số buổi
        tư vấn; số buổi đào tạo; số buổi hội thảo; số cuộc gọi; số cuộc gọi đã thực hiện; số cuộc họp; số cuộc
        kiểm tra; số lượt kiểm tra; số dòng code; số dòng lệnh; số dự án triển khai; số email gửi; số email gửi đi; số email đã gửi;
        số giờ làm việc; số giờ làm thêm; số giờ đào tạo; số hội nghị; số hội thảo; số hội thảo tổ chức; số khóa
        học; số khóa đào tạo; số lớp học; số lớp tập huấn; số lớp đào tạo; số lượng bài viết; số lượng bài đăng;
        số lượng báo cáo; số lượng cuộc gọi; số lượng cuộc họp; số lượng email; số lượng hội thảo; số lượt
        tuyên truyền; số sự kiện; số sự kiện tổ chức; số tài liệu; số tính năng ra mắt; số tính năng phát hành; số
        tin nhắn; số tờ rơi; số văn bản; số văn bản ban hành; số đề án; số đoàn kiểm tra; số chiến dịch; số video;
        số lượng video; số lượng văn bản; số tin bài""",
    "name_direction": "cải thiện; giảm; gia tăng; mức tăng; nâng cao; tăng; tăng cường; đẩy mạnh; thúc đẩy; tối ưu; tối ưu hóa",
    "name_verb": "cải thiện; giảm; gia tăng; nâng cao; tăng; tăng cường; đẩy mạnh; thúc đẩy; tối ưu; tối ưu hóa; tối ưu hoá",
    "generic": """
        bán hàng; chuyên môn; chất lượng; chất lượng dịch vụ; chất lượng sản phẩm; chất lượng công việc; các
        công việc; công tác; công việc; công ty; doanh nghiệp; doanh số; doanh thu; dịch vụ; dịch vụ khách
        hàng; giao tiếp; hiệu quả; hiệu quả công việc; hiệu quả hoạt động; hiệu quả kinh doanh; hiệu suất; hình
        ảnh; hoạt động; hệ thống; hợp tác; khách hàng; kinh doanh; kiến thức; kỹ năng; kết quả; kết quả kinh doanh;
        lợi nhuận; marketing; môi trường; môi trường làm việc; nghiệp vụ; nguồn nhân lực; nhiệm vụ; nhân lực; nhân
        sự; nhân viên; nhận diện; nhận thức; năng lực; năng lực cạnh tranh; năng suất; năng suất lao động; phong
        cách; quan hệ; quy trình; sản phẩm; sản xuất; sự hài lòng; sức khỏe; thương hiệu; thị phần; thị trường;
        tinh thần; tinh thần trách nhiệm; trình độ; trải nghiệm; trải nghiệm khách hàng; tăng trưởng; uy tín; vai
        trò; vị thế; văn hóa; văn hoá; văn hóa doanh nghiệp; ý thức; đoàn kết; đời sống; đội ngũ; kinh tế; quản lý;
        chi phí; học tập; bản thân; cuộc sống; tiếng anh; mọi thứ; website; phong trào; an toàn; truyền thông""",
    "intangible": """
        chất lượng cuộc sống; gắn bó; hình ảnh; kiến thức; kỹ năng; lòng tin; lòng trung thành; năng lực; niềm tin;
        nhận thức; quan hệ; rủi ro; sự gắn bó; thương hiệu; tinh thần; trải nghiệm; trải nghiệm khách hàng; trình
        độ; uy tín; văn hóa; vị thế; ý thức; đoàn kết; sự chuyên nghiệp""",
    "measure": """
        bình quân; chi phí; chỉ số; csat; doanh số; doanh thu; giá trị; giờ; hàng tồn; khối lượng; lượng; lượt;
        lợi nhuận; mức; nps; ngày; phút; phần trăm; sản lượng; số; số lượng; số ngày; số lần; số vụ; thị
        phần; thời gian; trung bình; tần suất; tỉ lệ; tỉ suất; tỷ lệ; tỷ suất; tỷ trọng; vòng quay; điểm; điểm số;
        đơn hàng; doanh thu thuần; biên lợi nhuận; khách hàng; tồn kho; sai sót; lỗi; khiếu nại; tốc độ; năng suất""",
    "rate": """
        bình quân; chuyển đổi; chất lượng cao; hoạt động; mỗi; trả phí; trung bình; trên mỗi; tỉ lệ; tỷ lệ; tiềm
        năng; quay lại; duy nhất; đủ điều kiện; mua hàng; tự nhiên""",
    "every": """
        các; cả; hết; mọi; mỗi; toàn; toàn bộ; toàn công ty; toàn quốc; toàn tỉnh; toàn thể; toàn diện; tất cả; từng""",
    "often": """
        hàng ngày; hàng năm; hàng quý; hàng tháng; hàng tuần; hằng ngày; hằng năm; hằng quý; hằng tháng; hằng tuần;
        mỗi ngày; mỗi năm; mỗi quý; mỗi tháng; mỗi tuần; định kỳ""",
    "purpose": """
        nhằm; nhằm tăng; nhằm giảm; nhằm nâng; để; để giảm; để tăng; để đạt; giúp; giúp giảm; giúp tăng; qua đó;
        từ đó; dẫn đến; mang lại; góp phần tăng; góp phần giảm; sao cho""",
    "means": "bằng; bằng cách; nhờ; qua; thông qua; bằng việc; thông qua việc",
    "population": "cho; của; tại; trong; ở; trên; giữa; đối với; khu vực; từ; thuộc; với; về; ngành; theo; vùng; miền; tỉnh",
    "double": "cùng với; và; đồng thời; đồng thời với; cũng như",
    "negative": "chống; tránh; thất bại; khủng hoảng; tệ; xấu; mất; phàn nàn; khiếu nại; ngăn chặn",
    "negation": "chẳng; chưa; không; đừng; không được; không còn; không để",
    "pronoun": "nó; việc này; điều này; điều đó; việc đó; chúng",
    "depends": "nếu được duyệt; phụ thuộc vào; phụ thuộc; tùy thuộc vào; tuỳ thuộc vào; khi được phê duyệt; nếu được phê duyệt; sau khi được duyệt",
    "beneficiary": """
        bạn; bệnh nhân; cán bộ; công dân; công ty; cư dân; cổ đông; cộng đồng; cửa hàng; doanh nghiệp; gia đình;
        giáo viên; học sinh; học viên; khách; khách hàng; mọi người; người; người bán; người dân; người dùng; người
        lao động; nhà bán lẻ; nhân viên; nông dân; phụ nữ; sinh viên; trẻ em; ta; chúng ta; thị trường; thành viên;
        tổ chức; xã hội; đại lý; đội ngũ; đối tác; trưởng ca; ban giám đốc; nhà máy; chuỗi bán lẻ""",
    "aspiration": "trở thành; là; dẫn đầu; chinh phục; vươn lên; làm hài lòng; đưa; biến; khẳng định",
    "soft_object": """
        cộng đồng; môi trường làm việc; trải nghiệm khách hàng; văn hóa doanh nghiệp; chất lượng cuộc sống; hình ảnh; hệ sinh thái; lòng tin; môi trường; niềm tin; nền tảng; quan hệ; thương hiệu; trải
        nghiệm; tương lai; văn hóa; văn hoá; đội ngũ; tập thể; tổ chức; uy tín; nơi làm việc; giá trị; thói quen; nền
        móng; công ty; doanh nghiệp""",
    "hard_object": """
        báo cáo; buổi; bài viết; chiến dịch; chương trình; cuộc họp; công cụ; hệ thống; hội nghị; hội thảo; khóa
        đào tạo; khóa học; kế hoạch; kho; lớp; lớp tập huấn; phần mềm; quy chế; quy trình; sự kiện; tài liệu; tính
        năng; trang web; văn bản; văn phòng; website; ứng dụng; app; đề án; dự án; crm; erp; sản phẩm; module;
        chi nhánh; cửa hàng""",
}

PREFIXES = (
    r"(?:mục tiêu|kpi|okr|kết quả then chốt|kết quả chính|chỉ tiêu|chỉ số|nhiệm vụ|kr|o)(?: ?\d+(?:\.\d+)*)? ?[:.\-–—] ?",
    r"(?:mục tiêu|chỉ tiêu|nhiệm vụ|định hướng)(?: (?!là\b)[^\s,]+){0,12}? là (?:sẽ )?",
    r"(?:để|nhằm) [^,]{3,120}, ",
    r"(?:trong|đến|tới|vào|trước|cuối|hết) [^,]{2,40}, ",
    r"(?:tôi|chúng tôi|chúng ta|mình|em|anh|công ty|phòng(?: [^\s,]+){0,4}|ban(?: [^\s,]+){0,4}|bộ phận(?: [^\s,]+){0,4}|đội(?: [^\s,]+){0,4}|nhóm(?: [^\s,]+){0,4}|nhân viên(?: [^\s,]+){0,3})"
    r" (?:sẽ|cần|phải|muốn|nên|mong muốn|dự kiến|đặt mục tiêu|quyết tâm|cam kết)(?: phải| cần)? ",
    r"(?:sẽ|cần|phải|muốn|nên|mong muốn|hãy|đặt mục tiêu|quyết tâm|phấn đấu|cố gắng|nỗ lực|từng bước|chủ động|tích cực|dự kiến|đồng thời|không ngừng|thường xuyên)"
    r"(?: để| sẽ)? (?=\w)",
)
"""What stands before the verb that matters, as regular expressions for lower-case text."""
